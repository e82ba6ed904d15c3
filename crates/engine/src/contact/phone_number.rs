//! Phone numbers as their countries' numbering plans define them. What only a carrier knows is not here.

use phonenumber::metadata::DATABASE;
use phonenumber::{Mode, Type};

use super::country;

/// A number that some numbering plan has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneNumber {
    /// The whole number, `+34699999999`.
    pub e164: String,
    /// `+34`
    pub prefix: String,
    /// The part after the prefix, with the zeros that belong to it.
    pub national: String,
    /// ISO 3166-1 alpha-2; nothing for numbers of no country, such as those of satellites.
    pub country: Option<String>,
    /// The kind of line in the contract's words (features §10.3); `unknown` where the plan does not tell, as in North
    /// America, where mobile and fixed lines share their ranges.
    pub line_type: &'static str,
}

/// Longest text that is looked at; E.164 has 16 characters at most.
const LONGEST: usize = 32;

impl PhoneNumber {
    /// Reads a number in E.164. Blanks, dots, dashes and parentheses between the digits are forgiven; anything else, and
    /// numbers that no plan has, are nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.strip_prefix('+').filter(|_| text.len() <= LONGEST)?;
        let punctuation = |c: &char| matches!(c, ' ' | '.' | '-' | '(' | ')');
        let plain: String = digits.chars().filter(|c| !punctuation(c)).collect();
        let sound = plain.chars().all(|c| c.is_ascii_digit()) && (7..=15).contains(&plain.len());
        if !sound || plain.starts_with('0') {
            return None;
        }
        let number = phonenumber::parse(None, format!("+{plain}")).ok().filter(phonenumber::is_valid)?;
        // The library misses numbers whose leading zero is part of them, as in Italy: then the code's main country.
        let main = || {
            DATABASE.by_code(&number.code().value())?.into_iter().find(|plan| plan.is_main_country_for_code())
        };
        let country = number.metadata(&DATABASE).or_else(main).map(|plan| plan.id().to_owned());
        Some(Self {
            e164: number.format().mode(Mode::E164).to_string(),
            prefix: format!("+{}", number.code().value()),
            national: number.national().to_string(),
            country: country.filter(|id| id.len() == 2 && id.bytes().all(|byte| byte.is_ascii_uppercase())),
            line_type: line_type(number.number_type(&DATABASE)),
        })
    }

    /// The country's English name, empty where there is none.
    pub fn country_name(&self) -> &'static str {
        self.country.as_deref().and_then(country::name).unwrap_or_default()
    }

    /// Whether the line is one of the internet rather than of a network of its own.
    pub fn is_virtual(&self) -> bool {
        matches!(self.line_type, "voip" | "isp" | "vpn")
    }

    /// Whether a text message can be expected to arrive, and costs what a text message costs.
    pub fn takes_texts(&self) -> bool {
        matches!(self.line_type, "mobile" | "fixed_line" | "voip" | "unknown" | "other")
    }
}

const fn line_type(kind: Type) -> &'static str {
    match kind {
        Type::Mobile => "mobile",
        Type::FixedLine => "fixed_line",
        Type::Voip => "voip",
        Type::TollFree => "toll_free",
        Type::PremiumRate => "premium_rate",
        Type::SharedCost => "shared_cost",
        Type::Pager => "pager",
        Type::Uan => "universal_access",
        Type::Voicemail => "voice_mail",
        Type::ShortCode => "short_codes_commercial",
        Type::Emergency => "service",
        Type::StandardRate => "local_rate",
        Type::PersonalNumber | Type::Carrier | Type::NoInternational => "other",
        Type::FixedLineOrMobile | Type::Unknown => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::PhoneNumber;

    #[test]
    fn numbers_are_told_apart_by_their_plans() {
        for (text, e164, prefix, national, country, line) in [
            ("+34 699 99 99 99", "+34699999999", "+34", "699999999", "ES", "mobile"),
            ("+1 (415) 555-2671", "+14155552671", "+1", "4155552671", "US", "unknown"),
            ("+44 20 7946 0958", "+442079460958", "+44", "2079460958", "GB", "fixed_line"),
            // The zero belongs to an Italian number; the library leaves it out when it asks which kind it is.
            ("+39 02 1234 5678", "+390212345678", "+39", "0212345678", "IT", "unknown"),
        ] {
            let number = PhoneNumber::parse(text).unwrap_or_else(|| panic!("{text} is a number"));
            let found =
                (number.e164.as_str(), number.prefix.as_str(), number.national.as_str(), number.line_type);
            assert_eq!(found, (e164, prefix, national, line), "{text}");
            assert_eq!(number.country.as_deref(), Some(country));
            assert!(number.takes_texts() && !number.country_name().is_empty());
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            "+",
            "34699999999",
            "+0034699999999",
            "+34",
            "+349",
            "+15550",
            "+1234567890123456",
            "+34 6a9",
            "+34\x00699999999",
            "tel:+34699999999",
            "+٣٤٦٩٩٩٩٩٩٩٩",
        ] {
            assert_eq!(PhoneNumber::parse(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_that_cost_the_sender_dearly_take_no_texts() {
        let premium = PhoneNumber::parse("+34 803 123 456").expect("a premium number");
        assert_eq!((premium.line_type, premium.takes_texts()), ("premium_rate", false));
        let free = PhoneNumber::parse("+1 800 555 0199").expect("a toll-free number");
        assert!(!free.takes_texts());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,40}", digits in r"\+[0-9 ().-]{0,34}") {
            for text in [text, digits] {
                if let Some(number) = PhoneNumber::parse(&text) {
                    prop_assert!(number.e164.starts_with(&number.prefix) && number.e164.len() <= 16);
                }
            }
        }
    }
}
