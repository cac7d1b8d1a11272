//! TG-NAS's predictor: its files, its predictions against a slow oracle, what moves them.

mod edits;
mod files;
mod oracle;
