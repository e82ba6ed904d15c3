//! The table of labels and the search in it.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::field::{Label, PrintedField};
use crate::fold::{edits, squeeze};

struct Table {
    exact: HashMap<String, Label>,
    /// Long enough to bear a recogniser's mistake, with the set of their letters.
    long: Vec<(Vec<char>, u64, Label)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| table(include_str!("labels.txt")));

/// Labels shorter than this must match in every letter: too many names are an edit away (`CARMEN`, `carte n°`).
const LEAST_FUZZY: usize = 8;

/// The longest label in words.
pub(super) const MOST_WORDS: usize = 7;

/// What a text without spaces and accents (`squeeze`d) announces, and how many edits it took.
pub(super) fn find(squeezed: &str) -> Option<(Label, usize)> {
    if let Some(label) = TABLE.exact.get(squeezed) {
        return Some((*label, 0));
    }
    let letters: Vec<char> = squeezed.chars().collect();
    if letters.len() < LEAST_FUZZY
        || letters.len() > 48
        || letters.iter().filter(|c| c.is_numeric()).count() > 2
    {
        return None;
    }
    let allowed = if letters.len() >= 12 { 2 } else { 1 };
    // An edit changes two letters of the set at most, which rules out most labels without counting.
    let set = set(&letters);
    let alike = TABLE.long.iter().filter(|(_, known, _)| (known ^ set).count_ones() as usize <= 2 * allowed);
    let near = alike.filter_map(|(known, _, label)| Some((*label, edits(known, &letters, allowed)?)));
    near.min_by_key(|(_, edits)| *edits)
}

/// Which letters occur; letters of other scripts share places.
fn set(letters: &[char]) -> u64 {
    letters.iter().fold(0, |set, letter| set | 1 << (u32::from(*letter) % 64))
}

fn table(text: &str) -> Table {
    let mut exact = HashMap::new();
    let mut current = Label::Other;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(label) = heading(line) {
            current = label;
            continue;
        }
        for label in line.split(", ").map(squeeze).filter(|label| !label.is_empty()) {
            exact.entry(label).or_insert(current);
        }
    }
    let long = exact
        .iter()
        .map(|(text, label)| (text.chars().collect::<Vec<char>>(), *label))
        .filter(|(letters, _)| letters.len() >= LEAST_FUZZY)
        .map(|(letters, label)| {
            let set = set(&letters);
            (letters, set, label)
        })
        .collect();
    Table { exact, long }
}

fn heading(line: &str) -> Option<Label> {
    use PrintedField as F;
    Some(match line {
        "surname" => Label::Field(F::Surname),
        "second_surname" => Label::SecondSurname,
        "given_names" => Label::Field(F::GivenNames),
        "full_name" => Label::Field(F::FullName),
        "name" => Label::Name,
        "birth_name" => Label::Field(F::BirthName),
        "birth" => Label::Birth,
        "birth_date" => Label::Field(F::BirthDate),
        "birth_place" => Label::Field(F::BirthPlace),
        "sex" => Label::Field(F::Sex),
        "nationality" => Label::Field(F::Nationality),
        "document_number" => Label::Field(F::DocumentNumber),
        "personal_number" => Label::Field(F::PersonalNumber),
        "issue_date" => Label::Field(F::IssueDate),
        "expiry_date" => Label::Field(F::ExpiryDate),
        "authority" => Label::Field(F::Authority),
        "address" => Label::Field(F::Address),
        "height" => Label::Field(F::Height),
        "eye_colour" => Label::Field(F::EyeColour),
        "marital_status" => Label::Field(F::MaritalStatus),
        "categories" => Label::Field(F::Categories),
        "other" => Label::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Label, PrintedField, TABLE, find};
    use crate::fold::squeeze;

    #[test]
    fn labels_of_many_languages_are_known_and_survive_small_mistakes() {
        for (text, field) in [
            ("Prénom(s)", PrintedField::GivenNames),
            ("Geburtsdaturn", PrintedField::BirthDate),
            ("Staatsangehorigkelt", PrintedField::Nationality),
            ("DATEOFBIRTH", PrintedField::BirthDate),
            ("Επώνυμο", PrintedField::Surname),
            ("Дата на раждане", PrintedField::BirthDate),
            ("Ημερομηνία λήξης", PrintedField::ExpiryDate),
        ] {
            assert_eq!(find(&squeeze(text)).map(|found| found.0), Some(Label::Field(field)), "{text}");
        }
        assert_eq!(find("mustermann"), None);
        assert!(TABLE.exact.len() > 900, "{}", TABLE.exact.len());
    }
}
