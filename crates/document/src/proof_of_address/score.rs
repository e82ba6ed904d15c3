//! How alike two names or two addresses are, 0 to 100.

use crate::country;
use crate::crosscheck::{Agreement, compare_names};
use crate::fold::{edits, fold};

/// Names in either order, with or without second given names: 100 the same, 0 nothing in common.
///
/// ```
/// assert_eq!(document::proof_of_address::name_score("Jane Müller", "MUELLER JANE"), 100);
/// ```
pub fn name_score(left: &str, right: &str) -> u8 {
    if compare_names(left, right, false) == Agreement::Same {
        return 100;
    }
    let words = |text: &str| -> Vec<String> {
        // As written: `Müller` and `MUELLER` are alike only before accents are dropped.
        text.split([' ', ',', '\n'])
            .filter(|word| !fold(word).is_empty())
            .take(12)
            .map(str::to_owned)
            .collect()
    };
    let (left, right) = (words(left), words(right));
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    if short.is_empty() {
        return 0;
    }
    let mut free: Vec<&String> = long.iter().collect();
    let mut sum = 0.0;
    for word in &short {
        let best = free
            .iter()
            .enumerate()
            .map(|(at, other)| (word_score(word, other), at))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((score, at)) = best {
            sum += score;
            free.remove(at);
        }
    }
    // Names that only one side has weigh a little.
    let weight = short.len() as f32 + 0.25 * free.len() as f32;
    (100.0 * sum / weight).round().clamp(0.0, 100.0) as u8
}

fn word_score(left: &str, right: &str) -> f32 {
    if left == right || compare_names(left, right, false) == Agreement::Same {
        return 1.0;
    }
    let (a, b): (Vec<char>, Vec<char>) = (fold(left).chars().collect(), fold(right).chars().collect());
    // An initial.
    if a.len() == 1 || b.len() == 1 {
        return if a.first() == b.first() { 0.8 } else { 0.0 };
    }
    let most = a.len().max(b.len()) / 3;
    edits(&a, &b, most).map_or(0.0, |edits| 1.0 - edits as f32 * 1.5 / a.len().max(b.len()) as f32)
}

/// Addresses by their words, abbreviations written out; numbers and the postal code weigh more than words.
///
/// ```
/// use document::proof_of_address::address_score;
/// assert_eq!(address_score("12 North Rd., London SW1A 1AA", "12 North Road\nLondon\nSW1A1AA"), 100);
/// assert!(address_score("12 North Road, London", "77 Elm Street, Leeds") < 40);
/// ```
pub fn address_score(left: &str, right: &str) -> u8 {
    let (left, right) = (tokens(left), tokens(right));
    if left.is_empty() || right.is_empty() {
        return 0;
    }
    let weight = |token: &str| if token.chars().any(char::is_numeric) { 2.0 } else { 1.0 };
    let matched = |from: &[String], to: &[String]| -> (f32, f32) {
        let total: f32 = from.iter().map(|token| weight(token)).sum();
        let found: f32 = from
            .iter()
            .filter(|token| to.iter().any(|other| same(token, other)))
            .map(|token| weight(token))
            .sum();
        (found, total)
    };
    let ((a, all_a), (b, all_b)) = (matched(&left, &right), matched(&right, &left));
    // The shorter one may leave out the country or a second line.
    let both = (a + b) / (all_a + all_b);
    let shorter = if all_a <= all_b { a / all_a } else { b / all_b };
    (100.0 * (0.5 * both + 0.5 * shorter)).round().clamp(0.0, 100.0) as u8
}

fn same(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    let (a, b): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let words = a.len() >= 5 && b.len() >= 5 && !left.chars().chain(right.chars()).any(char::is_numeric);
    words && edits(&a, &b, 1).is_some()
}

fn tokens(text: &str) -> Vec<String> {
    const LONG: &[(&str, &str)] = &[
        ("st", "street"),
        ("str", "strasse"),
        ("rd", "road"),
        ("ave", "avenue"),
        ("av", "avenue"),
        ("avda", "avenida"),
        ("blvd", "boulevard"),
        ("bd", "boulevard"),
        ("ln", "lane"),
        ("dr", "drive"),
        ("ct", "court"),
        ("pl", "place"),
        ("sq", "square"),
        ("apt", "apartment"),
        ("flat", "apartment"),
        ("apto", "apartment"),
        ("ul", "ulica"),
        ("c", "calle"),
        ("pza", "plaza"),
        ("pzza", "piazza"),
        ("n", "north"),
        ("s", "south"),
        ("e", "east"),
        ("w", "west"),
    ];
    const EMPTY: [&str; 12] =
        ["no", "nr", "number", "the", "de", "of", "floor", "piso", "apartment", "unit", "etage", "calle"];
    let folded = fold(text);
    let mut words: Vec<String> = Vec::new();
    for word in folded.split(' ').filter(|word| !word.is_empty()).take(40) {
        let word = LONG.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| long);
        // `Musterstr` and `Musterstraße`.
        let word = word
            .strip_suffix("str")
            .filter(|stem| stem.len() > 3)
            .map_or_else(|| word.to_owned(), |stem| format!("{stem}strasse"));
        words.push(word);
    }
    join_postal_codes(&mut words);
    // The country's name says nothing of the place.
    words.retain(|word| !EMPTY.contains(&word.as_str()) && !is_country(word));
    words
}

/// `sw1a 1aa` and `k1a 0b1` as one word.
fn join_postal_codes(words: &mut Vec<String>) {
    let mixed = |word: &str| {
        word.chars().any(|c| c.is_ascii_digit()) && word.chars().any(|c| c.is_ascii_alphabetic())
    };
    let mut at = 0;
    while at + 1 < words.len() {
        if mixed(&words[at]) && mixed(&words[at + 1]) && words[at].len() <= 4 && words[at + 1].len() <= 4 {
            let next = words.remove(at + 1);
            words[at].push_str(&next);
        }
        at += 1;
    }
}

fn is_country(word: &str) -> bool {
    word.len() > 3
        && country::all().any(|code| country::name(code).is_some_and(|name| name.eq_ignore_ascii_case(word)))
        || ["uk", "usa", "deutschland", "espana", "italia", "england", "scotland", "wales"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::{address_score, name_score};

    #[test]
    fn names_score_by_what_they_share() {
        assert_eq!(name_score("Jane Sample", "Jane Sample"), 100);
        assert!(name_score("Jane Ann Sample", "Jane Sample") >= 85);
        assert!(name_score("J. Sample", "Jane Sample") >= 85);
        assert!(name_score("Jane Sample", "Peter Elm") < 30);
        assert_eq!(name_score("", "Jane"), 0);
    }

    #[test]
    fn addresses_score_by_words_and_numbers() {
        assert_eq!(address_score("Musterstr. 12, 10115 Berlin", "Musterstraße 12 10115 Berlin Germany"), 100);
        assert!(address_score("12 North Road, London SW1A 1AA", "14 North Road, London SW1A 1AA") < 90);
        assert!(address_score("12 North Road, London", "12 North Road, Flat 3, London SW1A 1AA, UK") >= 75);
        assert_eq!(address_score("", "x"), 0);
    }
}
