//! How long files and functions may be: 500 code lines and 60 lines.

use super::exceptions::{LONG_FILES, LONG_FUNCTIONS};
use super::sources::Source;

const FILE_LINES: usize = 500;
const FUNCTION_LINES: usize = 60;

pub(super) fn check(files: &[Source]) -> Vec<String> {
    let mut breaches = Vec::new();
    for file in files {
        let lines = code_lines(&file.text);
        let allowed = LONG_FILES
            .iter()
            .find(|(path, _, _)| *path == file.path)
            .map_or(FILE_LINES, |(_, lines, _)| *lines);
        if lines > allowed {
            breaches.push(format!("{}: {lines} code lines, {allowed} at most", file.path));
        }
        for (name, lines) in functions(&file.text) {
            let full = format!("{}::{name}", file.path);
            let allowed = LONG_FUNCTIONS
                .iter()
                .find(|(known, _, _)| *known == full)
                .map_or(FUNCTION_LINES, |(_, lines, _)| *lines);
            if lines > allowed {
                breaches.push(format!("{full}: {lines} lines, {allowed} at most"));
            }
        }
    }
    breaches
}

/// Lines that are neither blank nor comment, up to an inline test module.
fn code_lines(text: &str) -> usize {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    code.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).count()
}

/// Names and lengths of functions: from the line with `fn` to the closing brace at the same depth. rustfmt has put
/// every brace where this can see it.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let indent = line.len() - line.trim_start().len();
        let closing = format!("{}}}", " ".repeat(indent));
        let length = lines[at..].iter().position(|line| *line == closing).map_or(1, |end| end + 1);
        let one_line = line.trim_end().ends_with('}') || line.trim_end().ends_with(';');
        found.push((name, if one_line { 1 } else { length }));
    }
    found
}

fn function_name(line: &str) -> Option<String> {
    let rest = line.trim_start();
    let before = rest.split("fn ").next()?;
    let qualifiers = ["pub", "pub(crate)", "pub(super)", "const", "async", "unsafe", "extern", "\"C\""];
    let plain =
        before.split_whitespace().all(|word| qualifiers.contains(&word) || word.starts_with("pub(in"));
    let after = rest.strip_prefix(before)?.strip_prefix("fn ")?;
    plain.then(|| {
        after.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_measured_from_signature_to_brace() {
        let text = "impl X {\n    pub(crate) async fn a(\n        b: u8,\n    ) {\n        if b {\n        }\n    }\n}\nfn c() {}\n";
        assert_eq!(functions(text), [("a".to_owned(), 6), ("c".to_owned(), 1)]);
    }

    #[test]
    fn comments_blanks_and_tests_are_not_code() {
        let text = "//! Doc.\n\nfn a() {}\n// why\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\n";
        assert_eq!(code_lines(text), 1);
    }
}
