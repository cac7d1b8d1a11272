//! What can be wrong with the predictor's files, and with what it is asked.

/// Why bytes are no predictor, or why a graph has no prediction.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PredictorError {
    /// Another kind of file.
    #[error("not {what}: the file does not begin with `{magic}`")]
    Magic {
        /// What was expected.
        what: &'static str,
        /// How such files begin.
        magic: &'static str,
    },
    /// Written by a newer or older program.
    #[error("{what} of format version {found}; this program reads version {expected}")]
    Version {
        /// What the file is.
        what: &'static str,
        /// Version of the file.
        found: u16,
        /// The one that can be read.
        expected: u16,
    },
    /// The file is shorter or longer than it says.
    #[error("{what} should have {expected} bytes and has {found}: it is incomplete or something was added")]
    Length {
        /// What the file is.
        what: &'static str,
        /// Length by the header.
        expected: usize,
        /// Length of what was given.
        found: usize,
    },
    /// The bytes are not the ones that were written.
    #[error("{what} is damaged: its checksum is {found:08x} and should be {expected:08x}")]
    Checksum {
        /// What the file is.
        what: &'static str,
        /// Checksum stored at the end.
        expected: u32,
        /// Checksum of the bytes.
        found: u32,
    },
    /// A field breaks the format.
    #[error("{what} is malformed at byte {at}: {why}")]
    Malformed {
        /// What the file is.
        what: &'static str,
        /// Byte at which reading stopped.
        at: usize,
        /// What is wrong there.
        why: &'static str,
    },
    /// The writer was given parts that do not fit together.
    #[error("{what} cannot be written: {why}")]
    Unwritable {
        /// What the file would be.
        what: &'static str,
        /// What is wrong.
        why: &'static str,
    },
    /// Weights and words of two kinds.
    #[error("the weights read vectors of {weights} numbers, the operators' vectors have {words}")]
    Width {
        /// Numbers that the weights read.
        weights: usize,
        /// Numbers of a vector.
        words: usize,
    },
    /// An operator that has no vector.
    #[error("no vector is known for the operator `{text}`")]
    Word {
        /// Its text, at most 80 characters.
        text: String,
    },
    /// A node that cannot be replaced, or a vector that cannot replace it.
    #[error("{0}")]
    Edit(&'static str),
}
