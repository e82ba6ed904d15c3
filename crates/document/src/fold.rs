//! Text without what printing, accents and recognisers vary: for comparing words, never for showing them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, accents apart, letters of their own written out (`ß` → `ss`, `ł` → `l`), everything else than letters
/// and digits a single space.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.nfkd().filter(|character| !is_combining_mark(*character)) {
        for lower in character.to_lowercase() {
            match lower {
                'ß' => out.push_str("ss"),
                'æ' => out.push_str("ae"),
                'œ' => out.push_str("oe"),
                'ø' => out.push('o'),
                'ł' => out.push('l'),
                'đ' | 'ð' => out.push('d'),
                'þ' => out.push_str("th"),
                'ħ' => out.push('h'),
                'ı' => out.push('i'),
                'ς' => out.push('σ'),
                '\'' | '’' | 'ʼ' | '`' | '´' => {}
                letter if letter.is_alphanumeric() => out.push(letter),
                _ if out.ends_with(' ') || out.is_empty() => {}
                _ => out.push(' '),
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// As [`fold`], without spaces.
pub(crate) fn squeeze(text: &str) -> String {
    fold(text).replace(' ', "")
}

/// Edits (insertion, deletion, exchange) between two texts, or `None` if more than `most`.
pub(crate) fn edits(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let cost = (diagonal + usize::from(left != right)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], cost);
        }
        if row.iter().min().is_some_and(|least| *least > most) {
            return None;
        }
    }
    row.last().copied().filter(|edits| *edits <= most)
}

#[cfg(test)]
mod tests {
    use super::{edits, fold, squeeze};

    #[test]
    fn accents_case_and_signs_do_not_matter() {
        assert_eq!(fold("  Prénom(s) / Given-Names: "), "prenom s given names");
        assert_eq!(fold("Größe ŁÓDŹ Ærø d'Or İ"), "grosse lodz aero dor i");
        assert_eq!(squeeze("Επώνυμο ΑΡΙΘΜΌΣ"), "επωνυμοαριθμοσ");
        assert_eq!(fold("١٢"), "١٢");
    }

    #[test]
    fn edits_are_counted_up_to_a_limit() {
        let count =
            |a: &str, b: &str| edits(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>(), 2);
        assert_eq!(
            (count("surname", "surnane"), count("surname", "surnme"), count("abc", "xyz")),
            (Some(1), Some(1), None)
        );
        assert_eq!(count("", "ab"), Some(2));
    }
}
