//! The name field: primary identifier, two fillers, secondary identifiers (ICAO 9303-3 §4.6).

/// A name field taken apart. The names keep the zone's capitals, with spaces for single fillers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HolderName {
    pub(super) surname: String,
    /// Empty when the holder has one name only, or the field had no room for more.
    pub(super) given_names: String,
    /// The last character is not a filler, so something may have been cut off.
    pub(super) truncated: bool,
    /// Fillers stand where the standard has none: before the first letter, three in a row, or a second pair.
    pub(super) irregular: bool,
}

/// Splits the field at its first pair of fillers.
pub(super) fn split(field: &str) -> HolderName {
    let truncated = !field.is_empty() && !field.ends_with('<');
    let text = field.trim_end_matches('<');
    let (primary, secondary) = text.split_once("<<").unwrap_or((text, ""));
    let irregular = text.starts_with('<') || secondary.starts_with('<') || secondary.contains("<<");
    HolderName { surname: words(primary), given_names: words(secondary), truncated, irregular }
}

/// The French national identity card: surname alone, given names parted by two fillers.
pub(super) fn split_french(surname: &str, given: &str) -> HolderName {
    let truncated = !surname.ends_with('<') || !given.ends_with('<');
    let irregular =
        surname.starts_with('<') || given.starts_with('<') || given.trim_end_matches('<').contains("<<<");
    HolderName { surname: words(surname), given_names: words(given), truncated, irregular }
}

fn words(text: &str) -> String {
    text.split('<').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{HolderName, split, split_french};

    fn names(surname: &str, given_names: &str, truncated: bool, irregular: bool) -> HolderName {
        HolderName { surname: surname.into(), given_names: given_names.into(), truncated, irregular }
    }

    #[test]
    fn names_split_at_the_first_pair_of_fillers() {
        for (field, expected) in [
            ("ERIKSSON<<ANNA<MARIA<<<<<<<<<<", names("ERIKSSON", "ANNA MARIA", false, false)),
            ("VAN<DER<MUELLEN<<ANNA<<<", names("VAN DER MUELLEN", "ANNA", false, false)),
            ("ARKFREITH<<<<<<<", names("ARKFREITH", "", false, false)),
            ("CACADOR<DE<ARAUJO<<ANDRE<ESTEV", names("CACADOR DE ARAUJO", "ANDRE ESTEV", true, false)),
            ("ERIKSSON<<<ANNA<<<", names("ERIKSSON", "ANNA", false, true)),
            ("ERIKSSON<<ANNA<<MARIA<<<", names("ERIKSSON", "ANNA MARIA", false, true)),
            ("<<ANNA<<<", names("", "ANNA", false, true)),
            ("<<<<<<", names("", "", false, false)),
            ("", names("", "", false, false)),
        ] {
            assert_eq!(split(field), expected, "{field}");
        }
    }

    #[test]
    fn the_french_card_parts_given_names_with_two_fillers() {
        assert_eq!(
            split_french("BERTHIER<<<", "ANNE<MARIE<<LOU<<"),
            names("BERTHIER", "ANNE MARIE LOU", false, false)
        );
    }
}
