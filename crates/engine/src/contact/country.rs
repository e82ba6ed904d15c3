//! Names of the countries that numbering plans know by two letters (ISO 3166-1).

/// The English name; nothing for plans of no country, such as `001`.
pub(super) fn name(alpha2: &str) -> Option<&'static str> {
    if alpha2.len() == 2 { document::country::name(alpha2) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_of_countries_have_names_and_others_have_none() {
        assert_eq!((name("ES"), name("XK")), (Some("Spain"), Some("Kosovo")));
        assert_eq!((name("001"), name(""), name("ZZ")), (None, None, None));
    }
}
