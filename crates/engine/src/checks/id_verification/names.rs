//! How alike two names are: words without order, letters without diacritics.

use document::mrz::transliterate;

/// How alike an expected name and a document's names are, from 0 to 100, rounded to two decimals.
///
/// Every expected word looks for its likest among the document's; further given names on the document do not count
/// against it. Expected words that the document lacks do, unless the document shows two names or more and all of
/// them are expected. A word may be cut off where the document's names are. Names in letters for which the standard
/// has no Latin table score 0: they were not compared.
pub(super) fn score(expected: &str, given_names: &str, surname: &str, truncated: bool) -> f64 {
    let (Some(wanted), Some(given), Some(family)) = (words(expected), words(given_names), words(surname))
    else {
        return 0.0;
    };
    let found = [given.as_slice(), family.as_slice()].concat();
    let joined = [given.concat() + &family.concat(), family.concat() + &given.concat()];
    if wanted.is_empty() || found.is_empty() {
        return 0.0;
    }
    if joined.contains(&wanted.concat()) {
        return 100.0;
    }
    let covered = coverage(&wanted, &found, truncated);
    let contained = if found.len() >= 2 { 0.9 * coverage(&found, &wanted, truncated) } else { 0.0 };
    (covered.max(contained) * 10_000.0).round() / 100.0
}

/// The words of a name as a machine-readable zone writes them.
fn words(name: &str) -> Option<Vec<String>> {
    let plain = transliterate(name).ok()?;
    Some(plain.split('<').filter(|word| !word.is_empty()).map(str::to_owned).collect())
}

/// How much of `these` is found in `those`, long words weighing more. Each word of `those` serves once.
fn coverage(these: &[String], those: &[String], truncated: bool) -> f64 {
    let mut free: Vec<&String> = those.iter().collect();
    let (mut sum, mut weight) = (0.0, 0.0);
    let mut longest_first: Vec<&String> = these.iter().collect();
    longest_first.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in longest_first {
        let likest = free
            .iter()
            .enumerate()
            .map(|(at, other)| (at, likeness(word, other, truncated)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((at, likeness)) = likest {
            // Words that share little do not match at all, however long they are.
            sum += if likeness >= 0.6 { likeness * word.len() as f64 } else { 0.0 };
            if likeness >= 0.6 {
                free.remove(at);
            }
        }
        weight += word.len() as f64;
    }
    sum / weight
}

/// One for equal words; letters that the standard writes as two (`Ü` as `UE`) may be written as one.
fn likeness(one: &str, other: &str, truncated: bool) -> f64 {
    let (shorter, longer) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if truncated && shorter.len() >= 2 && longer.starts_with(shorter) {
        return 1.0;
    }
    let short = |word: &str| word.replace("AE", "A").replace("OE", "O").replace("UE", "U").replace("AA", "A");
    if short(one) == short(other) {
        return 1.0;
    }
    1.0 - distance(one.as_bytes(), other.as_bytes()) as f64 / longer.len().max(1) as f64
}

/// Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut before = vec![0; other.len() + 1];
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, rival) in other.iter().enumerate() {
            let mut least = (row[j] + usize::from(letter != rival)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *letter == other[j - 1] && one[i - 1] == *rival {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        before = row;
        row = next;
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::score;

    #[test]
    fn the_same_person_scores_high_and_another_low() {
        for (expected, given, surname, least) in [
            ("Anna Maria Eriksson", "ANNA MARIA", "ERIKSSON", 100.0),
            ("Eriksson Anna", "ANNA MARIA", "ERIKSSON", 100.0),
            ("Anna Erikson", "ANNA MARIA", "ERIKSSON", 80.0),
            ("José Núñez", "JOSE", "NUNEZ", 100.0),
            ("Jürgen Müller", "JUERGEN", "MUELLER", 100.0),
            ("Jurgen Muller", "JUERGEN", "MUELLER", 100.0),
            ("Juan De La Cruz", "JUAN", "DELACRUZ", 100.0),
            ("Juan Carlos Lopez Perez", "JUAN", "LOPEZ", 85.0),
            ("Anna-Maria O'Connor", "ANNA MARIA", "OCONNOR", 100.0),
            ("Anan Eriksson", "ANNA", "ERIKSSON", 80.0),
        ] {
            let score = score(expected, given, surname, false);
            assert!(score >= least, "{expected}: {score}");
        }
        for (expected, given, surname) in [
            ("Peter Stevenson", "ANNA MARIA", "ERIKSSON"),
            ("Anna Svensson", "ANNA MARIA", "ERIKSSON"),
            ("Juan Lopez", "", "LOPEZ"),
            ("Erik Eriksson", "ANNA", "ERIKSSON"),
            ("Иван Иванов", "IVAN", "IVANOV"),
            ("", "ANNA", "ERIKSSON"),
        ] {
            let score = score(expected, given, surname, false);
            assert!(score < 80.0, "{expected}: {score}");
        }
    }

    #[test]
    fn names_that_are_cut_off_match_by_their_beginning() {
        assert!(
            score(
                "Chayapa Dejthamrong Krasuang Nilavadhanananda",
                "CHAYAPA DEJTHAMRONG KR",
                "NILAVADHANANANDA",
                true
            ) >= 99.0
        );
    }
}
