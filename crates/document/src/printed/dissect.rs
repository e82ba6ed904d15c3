//! A line taken apart into the labels it begins with and what follows them.

use super::field::Label;
use super::label::{MOST_WORDS, find};
use crate::fold::squeeze;

/// What a line is made of.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Labels in their order, the same thing in several languages or several things.
    pub(super) labels: Vec<Label>,
    /// What stands behind the last label; the whole text where there is none.
    pub(super) rest: String,
    /// Edits that the labels took.
    pub(super) edits: usize,
    /// Numbering before the first label or value: `4a`.
    pub(super) number: Option<String>,
}

/// Takes a line apart. Other languages' labels between known ones are passed over: `Фамилия / Surname` and
/// `Surname / Sloinne`.
pub(super) fn dissect(text: &str) -> Line {
    let whole = text.trim();
    let (number, text, closed) = numbering(text);
    let words = words(text);
    let mut line = Line {
        labels: Vec::new(),
        rest: if closed { text } else { whole }.trim().to_owned(),
        edits: 0,
        number,
    };
    let mut at = 0;
    while at < words.len() {
        if let Some((label, edits, taken)) = label_at(&words[at..]) {
            if !line.labels.contains(&label) {
                line.labels.push(label);
            }
            line.edits += edits;
            at += taken;
            continue;
        }
        // A part in an unknown language between slashes, if a known label follows it or has gone before.
        let next = words[at..].iter().position(|word| word.after_slash && word.start > words[at].start);
        let joined = words[at].after_slash && !line.labels.is_empty();
        // `Date de naissance : 12 AVR/APR 84`: what stands behind a colon or begins with a digit is no label.
        let value = at > 0 && words[at - 1].colon || words[at].text.starts_with(char::is_numeric);
        match next {
            Some(_) if value => break,
            Some(next) if joined || label_at(&words[at + next..]).is_some_and(|(_, edits, _)| edits == 0) => {
                at += next;
            }
            _ => break,
        }
    }
    if !line.labels.is_empty() {
        let rest = words.get(at).map_or("", |word| &text[word.start..]);
        // After `Surname /` stands the label in one more language, unless it looks like a value: capitals or digits.
        let foreign = words.get(at).is_some_and(|word| word.after_slash)
            && !rest.chars().any(char::is_numeric)
            && rest.chars().any(char::is_lowercase);
        line.rest = if foreign { String::new() } else { trim(rest).to_owned() };
    }
    line
}

/// Signs between label and value.
fn trim(text: &str) -> &str {
    let text =
        text.trim_matches(|character: char| character.is_whitespace() || ":;.,/|-–—=*•·".contains(character));
    // `(Surname)` closes what it opened; `No.` may have lost its N.
    if text.contains('(') { text } else { text.trim_end_matches(')') }
}

/// `1.`, `4a.`, `(5)`, `[3]`, what follows, and whether a sign ends the number, without which it may be part of a value.
fn numbering(text: &str) -> (Option<String>, &str, bool) {
    let text = text.trim();
    let inner = text.trim_start_matches(['(', '[']);
    let digits = inner.len() - inner.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    if digits == 0 || digits > 2 {
        return (None, text, false);
    }
    let (number, rest) = inner.split_at(digits);
    let letter = rest.chars().next().filter(|letter| "abcdABCD".contains(*letter));
    let after = letter.map_or(rest, |letter| &rest[letter.len_utf8()..]);
    let closed =
        after.strip_prefix(['.', ')', ']', ',']).map(|rest| rest.trim_start_matches(['.', ')', ']']));
    // A bare number counts before a space and something that is no number: `5 SMITH`, but not `12 MAIN` or `12 04`.
    let spaced = digits == 1 || letter.is_some() || number.starts_with('1');
    let bare = after
        .strip_prefix(' ')
        .filter(|rest| spaced && rest.starts_with(char::is_alphabetic) || letter.is_some());
    let alone = (after.is_empty() && spaced).then_some(after);
    // `12.04.1990` is a date.
    let dated = closed.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit()) && letter.is_none() && digits == 2
    });
    match closed.filter(|_| !dated).or(bare).or(alone) {
        Some(rest) => {
            let letter = letter.map(|letter| letter.to_ascii_lowercase().to_string()).unwrap_or_default();
            (Some(format!("{number}{letter}")), rest.trim_start(), closed.is_some() && !dated)
        }
        None => (None, text, false),
    }
}

struct Word<'a> {
    text: &'a str,
    start: usize,
    /// A slash or bar stands before it.
    after_slash: bool,
    /// A colon stands behind it: the label ends here.
    colon: bool,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut slash = false;
    let separator = |character: char| character.is_whitespace() || "/|:•·".contains(character);
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        if !separator(character) {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            words.push(Word { text: &text[from..at], start: from, after_slash: slash, colon: false });
            slash = false;
        }
        slash |= "/|•·".contains(character);
        if let (':', Some(last)) = (character, words.last_mut()) {
            last.colon = true;
        }
    }
    words
}

/// The longest label that begins here, its edits and its words.
fn label_at(words: &[Word<'_>]) -> Option<(Label, usize, usize)> {
    let end = words.iter().take(MOST_WORDS).position(|word| word.colon).map_or(MOST_WORDS, |at| at + 1);
    (1..=end.min(words.len())).rev().find_map(|count| {
        let inner = words[1..count].iter().any(|word| word.after_slash);
        let joined = squeeze(&words[..count].iter().map(|word| word.text).collect::<String>());
        let (label, edits) = find(&joined)?;
        // Labels hold slashes at times, but only as they are known.
        (!inner || edits == 0).then_some((label, edits, count))
    })
}

#[cfg(test)]
mod tests {
    use super::super::field::{Label, PrintedField as F};
    use super::dissect;

    #[test]
    fn labels_and_values_come_apart() {
        for (text, labels, rest) in [
            ("Surname/Nom", &[Label::Field(F::Surname)][..], ""),
            ("Surname: SMITH", &[Label::Field(F::Surname)], "SMITH"),
            ("Date of birth/Date de naissance 12.04.1990", &[Label::Field(F::BirthDate)], "12.04.1990"),
            ("Familienname / Surname / Nom MUSTERMANN", &[Label::Field(F::Surname)], "MUSTERMANN"),
            ("Sloinne an duine / Surname", &[Label::Field(F::Surname)], ""),
            ("Prénom(s)", &[Label::Field(F::GivenNames)], ""),
            ("Sex/Sexe F", &[Label::Field(F::Sex)], "F"),
            ("4b. 31.12.2030", &[], "31.12.2030"),
            ("MUSTERMANN", &[], "MUSTERMANN"),
            ("12.04.1990", &[], "12.04.1990"),
            ("Date of issue Date of expiry", &[Label::Field(F::IssueDate), Label::Field(F::ExpiryDate)], ""),
            ("Date de naissance : 12 AVR/APR 84", &[Label::Field(F::BirthDate)], "12 AVR/APR 84"),
            ("N° du document : X123", &[Label::Field(F::DocumentNumber)], "X123"),
            ("", &[], ""),
        ] {
            let line = dissect(text);
            assert_eq!((&line.labels[..], line.rest.as_str()), (labels, rest), "{text}");
        }
        assert_eq!(dissect("4a. 19.01.2013").number.as_deref(), Some("4a"));
        assert_eq!(dissect("1. MUSTERMANN").number.as_deref(), Some("1"));
        assert_eq!(dissect("19.01.2013").number, None);
        assert_eq!(dissect("12 AVR 84").number.as_deref(), Some("12"));
    }
}
