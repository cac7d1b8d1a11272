//! Texts of others in messages.

/// Longest text that a message quotes, in characters.
const QUOTED: usize = 80;

/// The first characters of `text` on one line, with an ellipsis where it was cut.
pub(crate) fn quote(text: &str) -> String {
    let text = &text.replace(['\n', '\r', '\t'], " ");
    match text.char_indices().nth(QUOTED) {
        None => text.to_owned(),
        Some((_, _)) => text.chars().take(QUOTED - 1).chain(['…']).collect(),
    }
}
