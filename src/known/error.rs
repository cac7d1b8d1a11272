//! What can be wrong with a table of known figures.

/// Why bytes are not a table, or why figures cannot become one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KnownError {
    /// Another kind of file.
    #[error("not a table of known figures: the file does not begin with `CELLKNOW`")]
    Magic,
    /// Written by a newer or older program.
    #[error("the table has format version {found}; this program reads version {expected}")]
    Version {
        /// Version of the file.
        found: u16,
        /// The one that can be read.
        expected: u16,
    },
    /// The file is shorter or longer than it says.
    #[error(
        "the table should have {expected} bytes and has {found}: the file is incomplete or something was added"
    )]
    Length {
        /// Length by the header.
        expected: usize,
        /// Length of what was given.
        found: usize,
    },
    /// The bytes are not the ones that were written.
    #[error("the table is damaged: its checksum is {found:08x} and should be {expected:08x}")]
    Checksum {
        /// Checksum stored at the end.
        expected: u32,
        /// Checksum of the bytes.
        found: u32,
    },
    /// A field breaks the format.
    #[error("the table is malformed at byte {at}: {what}")]
    Malformed {
        /// Byte at which reading stopped.
        at: usize,
        /// What is wrong there.
        what: &'static str,
    },
    /// A text is not a decimal number that can be stored without loss.
    #[error("`{text}` is not a number of at most 17 digits that a table can hold exactly")]
    Number {
        /// The text, at most 80 characters of it.
        text: String,
    },
    /// A row's key names no cell of the space.
    #[error("row {row} of the table names no cell of `{space}`")]
    Key {
        /// The row.
        row: usize,
        /// Id of the space.
        space: String,
    },
    /// The writer was given columns or keys that do not fit together.
    #[error("column or key `{id}`: {what}")]
    Column {
        /// Its id.
        id: String,
        /// What is wrong with it.
        what: &'static str,
    },
}
