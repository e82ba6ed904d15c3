//! `docs/scorecard.md`: what was measured, one section per measurement.

use std::path::PathBuf;

/// Replaces the section of this title, or adds it at the end.
///
/// # Panics
///
/// If the file cannot be written.
pub fn write(title: &str, text: &str) {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/scorecard.md"));
    #[expect(clippy::disallowed_methods, reason = "a measurement keeps its result")]
    let page = std::fs::read_to_string(&path).unwrap_or_else(|_| PREFACE.to_owned());
    #[expect(clippy::disallowed_methods, reason = "a measurement keeps its result")]
    std::fs::write(&path, with_section(&page, title, text)).expect("docs/scorecard.md can be written");
}

const PREFACE: &str = "# Scorecard\n\nWhat was measured, by which command, and what came out.\n";

fn with_section(page: &str, title: &str, text: &str) -> String {
    let heading = format!("\n## {title}\n");
    let section = format!("{heading}\n{}\n", text.trim());
    let Some(begin) = page.find(&heading) else { return format!("{page}{section}") };
    let body = begin + heading.len();
    let end = page[body..].find("\n## ").map_or(page.len(), |next| body + next);
    format!("{}{section}{}", &page[..begin], &page[end..])
}

#[cfg(test)]
mod tests {
    use super::with_section;

    #[test]
    fn a_section_is_added_and_then_replaced_without_touching_its_neighbours() {
        let page = with_section(&with_section("# Page\n", "One", "1"), "Two", "2");
        assert_eq!(page, "# Page\n\n## One\n\n1\n\n## Two\n\n2\n");
        assert_eq!(with_section(&page, "One", "new"), "# Page\n\n## One\n\nnew\n\n## Two\n\n2\n");
        assert_eq!(with_section(&page, "Two", "new"), "# Page\n\n## One\n\n1\n\n## Two\n\nnew\n");
    }
}
