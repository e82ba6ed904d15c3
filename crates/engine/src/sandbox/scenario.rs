//! The sixteen scenarios (core API §7): how a session shall end, and which check makes it so.

use model::feature::Feature;
use model::status::FeatureStatus;
use model::warning::Risk;

/// What is known of one scenario.
struct Row {
    slug: &'static str,
    label: &'static str,
    ends: FeatureStatus,
    /// The features that can fail so, the first that the workflow has.
    features: &'static [Feature],
    /// What the failing check warns of.
    risk: Option<Risk>,
}

macro_rules! scenarios {
    ($($(#[$doc:meta])* $name:ident $slug:literal $ends:ident [$($feature:ident),*] $risk:expr, $label:literal;)+) => {
        /// What a sandbox session plays.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Scenario {
            $(#[doc = $label] $name,)+
        }

        impl Scenario {
            /// All of them, in the contract's order.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            const fn row(self) -> Row {
                match self {
                    $(Self::$name => Row {
                        slug: $slug,
                        label: $label,
                        ends: FeatureStatus::$ends,
                        features: &[$(Feature::$feature),*],
                        risk: $risk,
                    },)+
                }
            }
        }
    };
}

scenarios! {
    Approve "approve" Approved [] None, "Every check passes.";
    DeclineDocumentExpired "decline_document_expired" Declined [Ocr] Some(Risk::DocumentExpired),
        "The identity document has expired.";
    DeclineCouldNotRecognizeDocument "decline_could_not_recognize_document" Declined [Ocr]
        Some(Risk::CouldNotRecognizeDocument), "No document can be recognised in the picture.";
    DeclineMrzValidation "decline_mrz_validation" Declined [Ocr] Some(Risk::MrzValidationFailed),
        "A check digit of the machine-readable zone is wrong.";
    DeclineMinimumAge "decline_minimum_age" Declined [Ocr] Some(Risk::MinimumAgeNotMet),
        "The person is younger than allowed.";
    DeclineFaceMatchLowSimilarity "decline_face_match_low_similarity" Declined [FaceMatch]
        Some(Risk::LowFaceMatchSimilarity), "The face is not the one of the document.";
    DeclineLivenessAttack "decline_liveness_attack" Declined [Liveness, AgeEstimation] Some(Risk::LivenessFaceAttack),
        "A picture or a mask is held before the camera.";
    DeclineAmlHit "decline_aml_hit" Declined [Aml] Some(Risk::PossibleMatchFound),
        "The person is on a sanctions list and politically exposed.";
    DeclineIpBlocklist "decline_ip_blocklist" Declined [IpAnalysis] Some(Risk::IpAddressInBlocklist),
        "The network address is on the block list.";
    DeclinePoaAddressMismatch "decline_poa_address_mismatch" Declined [ProofOfAddress]
        Some(Risk::AddressMismatch), "The proof of address shows another address.";
    DeclineNfcChipNotVerified "decline_nfc_chip_not_verified" Declined [Nfc] Some(Risk::NfcChipNotVerified),
        "The chip's signature cannot be verified.";
    DeclineDatabaseNoMatch "decline_database_no_match" Declined [DatabaseValidation]
        Some(Risk::DatabaseValidationNoMatch), "The register does not know the person.";
    DeclineKybRegistryMismatch "decline_kyb_registry_mismatch" Declined [KybRegistry]
        Some(Risk::KybCompanyNotFromRegistry), "The register does not know the company.";
    ReviewAmlPossibleMatch "review_aml_possible_match" InReview [Aml] Some(Risk::PossibleMatchFound),
        "The person may be politically exposed.";
    ReviewFaceMatchBorderline "review_face_match_borderline" InReview [FaceMatch] Some(Risk::LowFaceMatchSimilarity),
        "The face may be the one of the document.";
    ReviewPoaPartialMatch "review_poa_partial_match" InReview [ProofOfAddress] Some(Risk::AddressMismatch),
        "The proof of address shows nearly the same address.";
}

impl Scenario {
    /// The contract's name.
    pub const fn slug(self) -> &'static str {
        self.row().slug
    }

    /// The scenario of this name.
    pub fn of_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|scenario| scenario.slug() == slug)
    }

    /// One sentence.
    pub const fn label(self) -> &'static str {
        self.row().label
    }

    /// How the failing check ends, and with it the session.
    pub const fn ends(self) -> FeatureStatus {
        self.row().ends
    }

    /// The features that can fail so, in order of preference.
    pub const fn features(self) -> &'static [Feature] {
        self.row().features
    }

    /// What the failing check warns of.
    pub const fn risk(self) -> Option<Risk> {
        self.row().risk
    }

    /// The e-mail address that asks for this scenario by itself. The domain can belong to nobody (RFC 2606 §3).
    pub fn magic_email(self) -> String {
        format!("{}@{MAGIC_DOMAIN}", self.slug())
    }

    /// The scenario that this e-mail address asks for.
    pub fn of_magic_email(email: &str) -> Option<Self> {
        let (local, domain) = email.trim().rsplit_once('@')?;
        let ours = domain.eq_ignore_ascii_case(MAGIC_DOMAIN);
        ours.then(|| Self::of_slug(&local.to_ascii_lowercase())).flatten()
    }

    /// The feature of this workflow that fails: the first it has of those that can.
    pub fn failing(self, workflow: &[Feature]) -> Option<Feature> {
        self.features().iter().copied().find(|feature| workflow.contains(feature))
    }
}

const MAGIC_DOMAIN: &str = "sandbox.example";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_and_magic_addresses_lead_back() {
        assert_eq!(Scenario::ALL.len(), 16);
        for scenario in Scenario::ALL {
            assert_eq!(Scenario::of_slug(scenario.slug()), Some(*scenario));
            assert_eq!(Scenario::of_magic_email(&scenario.magic_email().to_uppercase()), Some(*scenario));
            let prefix = match scenario.ends() {
                FeatureStatus::Declined => "decline_",
                FeatureStatus::InReview => "review_",
                _ => "approve",
            };
            assert!(scenario.slug().starts_with(prefix), "{}", scenario.slug());
        }
        assert_eq!(Scenario::of_magic_email("decline_aml_hit@example.com"), None);
    }
}
