//! What can be made, for people.

use std::fmt::Write;

use specimen::{Attack, Background, Category, Distortion, Layout};

/// The text of `--list`.
pub(super) fn text() -> String {
    let mut text = String::from("Kinds and their layouts:\n");
    for category in Category::ALL {
        let names: Vec<&str> =
            Layout::all().filter(|layout| layout.category == category).map(|layout| layout.name).collect();
        paragraph(&mut text, category.name(), &names);
    }
    text.push_str("\nDesigns drawn by chance, when no layout, attack or distortion is chosen:\n");
    text.push_str("  passport, id-card, td2, visa-a, visa-b\n\n");
    paragraph(&mut text, "Attacks", &Attack::ALL.map(Attack::name));
    paragraph(&mut text, "Distortions", &Distortion::ALL.map(Distortion::name));
    paragraph(&mut text, "Backgrounds", &Background::ALL.map(Background::name));
    text
}

/// Names after a heading, broken at about a hundred columns.
fn paragraph(text: &mut String, heading: &str, names: &[&str]) {
    let mut line = format!("  {heading} ({}):", names.len());
    for name in names {
        if line.len() + name.len() > 98 {
            let _ = writeln!(text, "{line}");
            "     ".clone_into(&mut line);
        }
        line.push(' ');
        line.push_str(name);
    }
    let _ = writeln!(text, "{line}");
}

#[cfg(test)]
mod tests {
    use specimen::Layout;

    #[test]
    fn every_layout_is_listed_and_no_line_is_too_long() {
        let text = super::text();
        for layout in Layout::all() {
            assert!(text.contains(layout.name), "{}", layout.name);
        }
        assert!(text.lines().all(|line| line.len() <= 100));
    }
}
