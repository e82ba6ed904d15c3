//! Who issues: the issuer identification numbers that AAMVA assigns, with the jurisdictions behind them.

use serde::Serialize;

/// The country of a jurisdiction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Country {
    #[serde(rename = "USA")]
    UnitedStates,
    #[serde(rename = "CAN")]
    Canada,
    #[serde(rename = "MEX")]
    Mexico,
}

impl Country {
    /// ISO 3166-1 alpha-3.
    pub fn alpha3(self) -> &'static str {
        match self {
            Self::UnitedStates => "USA",
            Self::Canada => "CAN",
            Self::Mexico => "MEX",
        }
    }
}

/// A jurisdiction that issues licences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Issuer {
    /// Issuer identification number (IIN), six digits.
    pub number: &'static str,
    pub country: Country,
    /// Two letters of the state, territory or province; `US` for the federal Department of State.
    pub code: &'static str,
    pub name: &'static str,
}

/// The issuer of a number; `None` if AAMVA has not assigned it.
pub fn issuer(number: &str) -> Option<Issuer> {
    issuers().find(|issuer| issuer.number == number)
}

/// Every issuer, in the order of their names.
pub fn issuers() -> impl Iterator<Item = Issuer> {
    let rows = |country, text: &'static str| {
        text.lines().filter_map(move |line| {
            let (number, rest) = line.trim().split_once(' ')?;
            let (code, name) = rest.split_once(' ')?;
            Some(Issuer { number, country, code, name })
        })
    };
    rows(Country::UnitedStates, UNITED_STATES)
        .chain(rows(Country::Canada, CANADA))
        .chain(rows(Country::Mexico, MEXICO))
}

/// A jurisdiction by its two letters; addresses of licences have them, and every code stands in one country only.
pub(super) fn country_of(code: &str) -> Option<Country> {
    issuers().find(|issuer| issuer.code == code && issuer.code != "US").map(|issuer| issuer.country)
}

const UNITED_STATES: &str = "\
636033 AL Alabama
636059 AK Alaska
604427 AS American Samoa
636026 AZ Arizona
636021 AR Arkansas
636014 CA California
636020 CO Colorado
636006 CT Connecticut
636011 DE Delaware
636043 DC District of Columbia
636010 FL Florida
636055 GA Georgia
636019 GU Guam
636047 HI Hawaii
636050 ID Idaho
636035 IL Illinois
636037 IN Indiana
636018 IA Iowa
636022 KS Kansas
636046 KY Kentucky
636007 LA Louisiana
636041 ME Maine
636003 MD Maryland
636002 MA Massachusetts
636032 MI Michigan
636038 MN Minnesota
636051 MS Mississippi
636030 MO Missouri
636008 MT Montana
636054 NE Nebraska
636049 NV Nevada
636039 NH New Hampshire
636036 NJ New Jersey
636009 NM New Mexico
636001 NY New York
636004 NC North Carolina
636034 ND North Dakota
604430 MP Northern Mariana Islands
636023 OH Ohio
636058 OK Oklahoma
636029 OR Oregon
636025 PA Pennsylvania
604431 PR Puerto Rico
636052 RI Rhode Island
636005 SC South Carolina
636042 SD South Dakota
636053 TN Tennessee
636015 TX Texas
636027 US Department of State
636040 UT Utah
636024 VT Vermont
636000 VA Virginia
636062 VI Virgin Islands
636045 WA Washington
636061 WV West Virginia
636031 WI Wisconsin
636060 WY Wyoming";

// 990876 is no number of ISO/IEC 7812, but Alberta's licences of 2009 to 2018 have it.
const CANADA: &str = "\
604432 AB Alberta
990876 AB Alberta
636028 BC British Columbia
636048 MB Manitoba
636017 NB New Brunswick
636016 NL Newfoundland and Labrador
604434 NT Northwest Territories
636013 NS Nova Scotia
604433 NU Nunavut
636012 ON Ontario
604426 PE Prince Edward Island
604428 QC Quebec
636044 SK Saskatchewan
604429 YT Yukon";

const MEXICO: &str = "\
636056 CU Coahuila
636057 HL Hidalgo";

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Country, issuer, issuers};

    #[test]
    fn every_number_is_known_once() {
        let numbers: HashSet<&str> = issuers().map(|issuer| issuer.number).collect();
        assert_eq!(numbers.len(), issuers().count());
        assert!(issuers().all(|issuer| issuer.number.len() == 6 && issuer.code.len() == 2));
        assert_eq!(issuers().filter(|issuer| issuer.country == Country::UnitedStates).count(), 57);
        assert_eq!(issuer("636015").map(|issuer| (issuer.code, issuer.name)), Some(("TX", "Texas")));
        assert_eq!(issuer("000000"), None);
    }
}
