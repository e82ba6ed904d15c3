//! Names under transliteration and truncation.

use unicode_normalization::UnicodeNormalization;

use super::transliteration::{pair, ways};
use crate::fold::edits;

/// How two texts agree, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    Same,
    /// One side is blank, or in a script whose letters no table writes the way the other side does.
    Incomparable,
    /// A letter or two apart.
    Near,
    Different,
}

/// Names longer than this are not compared letter by letter.
const LONGEST: usize = 160;

/// Compares two names; `cut` says that either may be cut off. Spaces, hyphens and apostrophes do not count, nor do
/// titles; of a name in two scripts (`ИВАНОВА/IVANOVA`) either will do.
///
/// ```
/// use document::crosscheck::{Agreement, compare_names};
/// assert_eq!(compare_names("MUELLER", "Müller", false), Agreement::Same);
/// assert_eq!(compare_names("Jon", "Jan", false), Agreement::Different);
/// ```
pub fn compare_names(left: &str, right: &str, cut: bool) -> Agreement {
    let variants = |text: &str| -> Vec<Vec<Word>> {
        let parts = text.split('/').map(words).filter(|words| !words.is_empty());
        parts.take(3).collect()
    };
    let (left, right) = (variants(left), variants(right));
    let pairs = left.iter().flat_map(|left| right.iter().map(move |right| compare(left, right, cut)));
    pairs.min().unwrap_or(Agreement::Incomparable)
}

type Word = Vec<char>;

/// Words of letters, titles left out.
fn words(text: &str) -> Vec<Word> {
    const TITLES: [&str; 10] = ["DR", "PROF", "MR", "MRS", "MS", "MISS", "ING", "MGR", "SIR", "DAME"];
    let text: String = text.nfc().take(LONGEST).flat_map(char::to_uppercase).collect();
    let all: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | ',' | '.' | '<' | '‐' | '–'))
        .filter(|word| !word.is_empty())
        .collect();
    let kept = all.iter().filter(|word| all.len() == 1 || !TITLES.contains(word));
    kept.map(|word| word.chars().filter(|c| c.is_alphabetic() || ways(*c).is_some()).collect::<Word>())
        .filter(|word| !word.is_empty())
        .collect()
}

fn compare(left: &[Word], right: &[Word], cut: bool) -> Agreement {
    let (all_left, all_right) = (left.concat(), right.concat());
    if alike(&all_left, &all_right) {
        return Agreement::Same;
    }
    if cut && (shortened(left, right) || shortened(right, left)) {
        return Agreement::Same;
    }
    let foreign = |letters: &[char]| {
        letters.iter().filter(|letter| !is_transcribed(**letter)).count() * 2 > letters.len()
    };
    if foreign(&all_left) != foreign(&all_right) {
        return Agreement::Incomparable;
    }
    let plain = |letters: &[char]| -> Vec<char> {
        letters.iter().flat_map(|c| ways(*c).map_or("", |ways| ways[0]).chars()).collect()
    };
    let (left, right) = (plain(&all_left), plain(&all_right));
    let allowed = match left.len().min(right.len()) {
        0..5 => 0,
        5..10 => 1,
        _ => 2,
    };
    if allowed > 0 && edits(&left, &right, allowed).is_some() {
        Agreement::Near
    } else {
        Agreement::Different
    }
}

/// Letters whose transliteration is what documents print; Arabic is not, as its vowels are not written.
fn is_transcribed(letter: char) -> bool {
    ways(letter).is_some() && !('\u{600}'..='\u{6ff}').contains(&letter)
}

/// Whether two runs of letters can be one another's transliteration.
fn alike(left: &[char], right: &[char]) -> bool {
    spellings_meet(left, right, false)
}

/// ICAO 9303-4 §4.2.3: names are left out from the end or cut down to their beginnings, in order.
fn shortened(short: &[Word], long: &[Word]) -> bool {
    let mut rest = long.iter();
    let each = short.iter().all(|word| rest.any(|other| spellings_meet(word, other, true)));
    each || spellings_meet(&short.concat(), &long.concat(), true)
}

/// Walks both sides letter by letter over every way to write them. With `prefix` the left may end early. States are
/// pairs of positions with the letters that one side is ahead by.
fn spellings_meet(left: &[char], right: &[char], prefix: bool) -> bool {
    let (left, right) = (graph(left), graph(right));
    let mut seen = std::collections::HashSet::new();
    let mut open = vec![(0_usize, 0_usize, String::new(), true)];
    while let Some((i, j, ahead, left_ahead)) = open.pop() {
        if seen.len() > 20_000 || !seen.insert((i, j, ahead.clone(), left_ahead)) {
            continue;
        }
        let done_left = i == left.len();
        if done_left && ahead.is_empty() && (j == right.len() || prefix) {
            return true;
        }
        if done_left && !left_ahead && prefix {
            return true;
        }
        // Whoever is behind writes next.
        let (side, at, behind_left) =
            if left_ahead && !ahead.is_empty() { (&right, j, false) } else { (&left, i, true) };
        let (side, at, behind_left) =
            if at == side.len() && ahead.is_empty() { (&right, j, false) } else { (side, at, behind_left) };
        for (way, taken) in side.get(at).into_iter().flatten() {
            let (own, other) = (*way, ahead.as_str());
            let next = if behind_left { (i + taken, j) } else { (i, j + taken) };
            if let Some(more) = own.strip_prefix(other) {
                open.push((next.0, next.1, more.to_owned(), behind_left));
            } else if let Some(more) = other.strip_prefix(own) {
                open.push((next.0, next.1, more.to_owned(), !behind_left));
            }
        }
    }
    false
}

/// For each position the ways to write what begins there and how many characters they cover.
fn graph(letters: &[char]) -> Vec<Vec<(&'static str, usize)>> {
    (0..letters.len())
        .map(|at| {
            let single = ways(letters[at]).unwrap_or(&["?"]).iter().map(|way| (*way, 1));
            let double = letters.get(at + 1).and_then(|next| pair(letters[at], *next)).unwrap_or(&[]);
            single.chain(double.iter().map(|way| (*way, 2))).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Agreement, compare_names};

    #[test]
    fn names_agree_across_scripts_and_spellings() {
        for (left, right) in [
            ("MUELLER", "Müller"),
            ("MULLER", "Müller"),
            ("MUXXLLER", "Müller"),
            ("STRASSER", "Straßer"),
            ("NUNEZ", "Núñez"),
            ("NUNXXEZ", "Núñez"),
            ("AASE", "Åse"),
            ("OESTERGAARD", "Østergaard"),
            ("SMITH JONES", "Smith-Jones"),
            ("OCONNOR", "O'Connor"),
            ("O CONNOR", "O’Connor"),
            ("IVANOVA", "Иванова"),
            ("IVANOVA", "ИВАНОВА/IVANOVA"),
            ("SHCHERBAKOV", "Щербаков"),
            ("IULIIA", "Юлия"),
            ("YULIYA", "Юлия"),
            ("PAPADOPOULOS", "Παπαδόπουλος"),
            ("KOSTAS BENAKIS", "Κώστας Μπενάκης"),
            ("MXHMD", "محمد"),
            ("DR ERIKA MUSTERMANN", "Erika Mustermann"),
            ("Mu\u{308}ller", "MUELLER"),
        ] {
            assert_eq!(compare_names(left, right, false), Agreement::Same, "{left} {right}");
            assert_eq!(compare_names(right, left, false), Agreement::Same, "{right} {left}");
        }
    }

    #[test]
    fn names_that_were_cut_off_agree_only_when_that_is_known() {
        for (zone, card) in [
            ("NILAVADHANANANDA CHAYAPA DEJTHAMRONG K", "Nilavadhanananda Chayapa Dejthamrong Krasuang"),
            ("CACADOR DE ARAUJO ANDRE ESTEV", "Caçador de Araújo André Estevão"),
            ("JOHANN S", "Johann Maria Sebastian"),
        ] {
            assert_eq!(compare_names(zone, card, true), Agreement::Same, "{zone}");
            assert_ne!(compare_names(zone, card, false), Agreement::Same, "{zone}");
        }
        assert_eq!(compare_names("SMITH", "Jones", true), Agreement::Different);
    }

    #[test]
    fn other_names_differ_and_misreadings_are_near() {
        for (left, right, expected) in [
            ("MUSTERMANN", "MUSTERMAN", Agreement::Near),
            ("MUSTERMANN", "GABLER", Agreement::Different),
            ("JON", "JAN", Agreement::Different),
            ("", "JAN", Agreement::Incomparable),
            ("MOHAMMED", "محمد", Agreement::Incomparable),
            ("LI", "李", Agreement::Incomparable),
            ("IVANOVA", "Петрова", Agreement::Different),
        ] {
            assert_eq!(compare_names(left, right, false), expected, "{left} {right}");
        }
    }
}
