//! Spelling that does not matter to who searches: letter case, accents, separators.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of one text that are indexed, and of one search that are looked for.
const MOST: usize = 40;

/// Lower case without accents; letters that no accent explains in the ASCII spelling that people type for them.
pub(in crate::sessions) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.trim().nfkd().filter(|letter| !is_combining_mark(*letter)) {
        match letter {
            'ß' | 'ẞ' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'þ' | 'Þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            _ => folded.extend(letter.to_lowercase()),
        }
    }
    folded
}

/// The words as they were written, separated by whatever is neither letter nor digit.
pub(in crate::sessions) fn words(text: &str) -> Vec<String> {
    // Composed first: a mark of its own is no letter and would cut the word.
    let composed: String = text.nfc().collect();
    let separated = |letter: char| !letter.is_alphanumeric() && !is_combining_mark(letter);
    composed.split(separated).filter(|word| !word.is_empty()).take(MOST).map(str::to_owned).collect()
}

/// The spellings under which a word is known: without its accents, and as a machine-readable zone writes it
/// (`Müller` is `muller` and `mueller`).
pub(in crate::sessions) fn alternatives(word: &str) -> Vec<String> {
    let plain = folded(word);
    let mut zone = String::with_capacity(word.len());
    for letter in word.nfc() {
        match letter {
            'ä' | 'Ä' => zone.push_str("ae"),
            'ö' | 'Ö' | 'ø' | 'Ø' => zone.push_str("oe"),
            'ü' | 'Ü' => zone.push_str("ue"),
            'å' | 'Å' => zone.push_str("aa"),
            'ñ' | 'Ñ' => zone.push('n'),
            _ => zone.push(letter),
        }
    }
    let zone = folded(&zone);
    if zone == plain { vec![plain] } else { vec![plain, zone] }
}

/// A number as it is compared: separators and letter case do not count.
pub(in crate::sessions) fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// Only the digits.
pub(in crate::sessions) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_letter_case_do_not_matter() {
        assert_eq!(folded(" Zoë ÅNGSTRÖM "), "zoe angstrom");
        assert_eq!(folded("Łukasz Größe İpek"), "lukasz grosse ipek");
        assert_eq!(folded("e\u{301}"), folded("é"));
    }

    #[test]
    fn words_end_where_a_separator_stands() {
        assert_eq!(words("O'Brien-Smith, Jane"), ["O", "Brien", "Smith", "Jane"]);
        assert_eq!(words("Zoe\u{308}"), ["Zoë"]);
        assert!(words(" -- ").is_empty());
        assert_eq!(words(&"a ".repeat(500)).len(), MOST);
    }

    #[test]
    fn a_word_is_known_as_a_zone_writes_it_too() {
        assert_eq!(alternatives("Müller"), ["muller", "mueller"]);
        assert_eq!(alternatives("Jane"), ["jane"]);
        assert_eq!(alternatives("Sørensen"), ["sorensen", "soerensen"]);
    }

    #[test]
    fn numbers_are_compared_without_their_separators() {
        assert_eq!(letters_and_digits("x-12 34/5a"), "X12345A");
        assert_eq!(digits("+1 (415) 555-2671"), "14155552671");
    }
}
