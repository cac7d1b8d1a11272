//! The checksum of the project's files.

use crc::{CRC_32_ISO_HDLC, Crc};

/// CRC-32 as in gzip, with a table of 1 kB: larger ones do not compress, and a file is read in milliseconds.
pub(crate) static CRC_32: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);
