//! Numbers and codes of nationality.

use super::name::Agreement;
use crate::fold::edits;

/// Numbers without signs between groups. The letter O and the digit 0 count as one: issuers print either and the zone's
/// check digit tells them apart there (ICAO 9303-3 §4.9); no other look-alikes do.
pub(super) fn compare(left: &str, right: &str) -> Agreement {
    let plain = |text: &str| -> Vec<char> {
        let signs = text
            .chars()
            .take(64)
            .filter(|character| character.is_alphanumeric())
            .flat_map(char::to_uppercase);
        signs.map(|character| if character == 'O' { '0' } else { character }).collect()
    };
    let (left, right) = (plain(left), plain(right));
    if left.is_empty() || right.is_empty() {
        return Agreement::Incomparable;
    }
    if left == right {
        return Agreement::Same;
    }
    // One side may leave out a check digit or a series.
    let part = left.starts_with(&right)
        || right.starts_with(&left)
        || left.ends_with(&right)
        || right.ends_with(&left);
    let near = part && left.len().min(right.len()) >= 6 || edits(&left, &right, 1).is_some();
    if near { Agreement::Near } else { Agreement::Different }
}

/// Equal, or two codes of one country: the kinds of British nationals, China's regions, Kosovo.
pub(super) fn same_nationality(left: &str, right: &str) -> bool {
    let country = |code: &str| match code {
        "GBD" | "GBN" | "GBO" | "GBP" | "GBS" => "GBR".to_owned(),
        "HKG" | "MAC" => "CHN".to_owned(),
        "RKS" | "UNK" => "XKX".to_owned(),
        "D" => "DEU".to_owned(),
        other => other.to_owned(),
    };
    country(left) == country(right)
}

#[cfg(test)]
mod tests {
    use super::{Agreement, compare, same_nationality};

    #[test]
    fn numbers_agree_without_their_signs_and_with_either_zero() {
        for (left, right, expected) in [
            ("592123456789", "592-1234567-89", Agreement::Same),
            ("C01X0006H", "CO1X00O6H", Agreement::Same),
            ("L01X00T47", "L01X00T471", Agreement::Near),
            ("L01X00T47", "L01X00T48", Agreement::Near),
            ("L01X00T47", "X99999999", Agreement::Different),
            ("", "1", Agreement::Incomparable),
        ] {
            assert_eq!(compare(left, right), expected, "{left} {right}");
        }
        assert!(same_nationality("GBO", "GBR") && !same_nationality("FRA", "DEU"));
    }
}
