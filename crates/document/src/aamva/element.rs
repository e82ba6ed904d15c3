//! The data elements of the standard: three letters, a name, and their length where every version fixes it.

/// The element's name in snake case; `None` for jurisdictions' own (`Z..`) and unknown ones.
///
/// ```
/// assert_eq!(document::aamva::element_name("DCS"), Some("family_name"));
/// ```
pub fn element_name(id: &str) -> Option<&'static str> {
    rows().find(|row| row.0 == id).map(|row| row.1)
}

/// Length of the value where all versions agree on it.
pub(super) fn fixed_length(id: &str) -> Option<usize> {
    match id {
        "DBA" | "DBB" | "DBD" | "DDB" | "DDC" | "DDH" | "DDI" | "DDJ" | "PAB" | "PAD" => Some(8),
        "DAJ" | "DAO" => Some(2),
        "DCG" => Some(3),
        "DBC" | "DDA" | "DDD" | "DDE" | "DDF" | "DDG" | "DDK" | "DDL" => Some(1),
        _ => None,
    }
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    ELEMENTS.lines().filter_map(|line| line.trim().split_once(' '))
}

// DAA to DBS and PAA to PAF: annex of DL/ID-2000, table 1. DCA to DDP: annex D, tables D.3 and D.4 of 2003 to 2025.
// Where a later version gave letters a new meaning (none of the parsed ones), the later stands here.
const ELEMENTS: &str = "\
DAA full_name
DAB family_name_2000
DAC first_name
DAD middle_name
DAE name_suffix_2000
DAF name_prefix
DAG street_1
DAH street_2
DAI city
DAJ jurisdiction
DAK postal_code
DAL residence_street_1
DAM residence_street_2
DAN residence_city
DAO residence_jurisdiction
DAP residence_postal_code
DAQ customer_number
DAR vehicle_class_2000
DAS restrictions_2000
DAT endorsements_2000
DAU height
DAV height_centimetres
DAW weight_pounds
DAX weight_kilograms
DAY eye_colour
DAZ hair_colour
DBA expiry_date
DBB birth_date
DBC sex
DBD issue_date
DBE issue_timestamp
DBF number_of_duplicates
DBG alias_given_names
DBH organ_donor_2000
DBI non_resident
DBJ unique_customer_number
DBK social_security_number
DBL alias_birth_date
DBM alias_social_security_number
DBN alias_family_name
DBO alias_family_name_2000
DBP alias_first_name_2000
DBQ alias_middle_name_2000
DBR alias_suffix_2000
DBS alias_suffix
PAA permit_class
PAB permit_expiry_date
PAC permit_number
PAD permit_issue_date
PAE permit_restrictions
PAF permit_endorsements
DCA vehicle_class
DCB restrictions
DCD endorsements
DCE weight_range
DCF document_discriminator
DCG country
DCH federal_commercial_codes
DCI place_of_birth
DCJ audit_information
DCK inventory_control_number
DCL race
DCM standard_vehicle_class
DCN standard_endorsements
DCO standard_restrictions
DCP vehicle_class_description
DCQ endorsements_description
DCR restrictions_description
DCS family_name
DCT given_names
DCU name_suffix
DDA compliance_type
DDB card_revision_date
DDC hazmat_expiry_date
DDD limited_duration
DDE family_name_truncation
DDF first_name_truncation
DDG middle_name_truncation
DDH under_18_until
DDI under_19_until
DDJ under_21_until
DDK organ_donor
DDL veteran
DDM commercial_licence
DDN non_domiciled
DDO enhanced_credential
DDP permit";

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{fixed_length, rows};

    #[test]
    fn every_element_is_three_letters_and_named_once() {
        let (ids, names): (HashSet<_>, HashSet<_>) = rows().unzip();
        assert_eq!((ids.len(), names.len()), (rows().count(), rows().count()));
        assert!(ids.iter().all(|id| id.len() == 3));
        assert_eq!((fixed_length("DBB"), fixed_length("DCS")), (Some(8), None));
    }
}
