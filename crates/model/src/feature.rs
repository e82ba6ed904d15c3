//! The features of a workflow and their four vocabularies (features §1.3): the same feature has one name in a
//! workflow, one in a decision's list, one in a warning and one as the decision's array.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a workflow node verifies. Serialised under its workflow name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names are the contract's own; the table below is their documentation")]
pub enum Feature {
    Ocr,
    Nfc,
    Liveness,
    AgeEstimation,
    FaceMatch,
    ProofOfAddress,
    PhoneVerification,
    EmailVerification,
    Aml,
    IpAnalysis,
    DatabaseValidation,
    Questionnaire,
    DocumentAi,
    KybRegistry,
    KybDocuments,
    KybKeyPeople,
}

/// One row of the vocabulary table.
struct Names {
    workflow: &'static str,
    display: &'static str,
    warning: &'static str,
    array: &'static str,
    node: &'static str,
}

impl Feature {
    /// Every feature, in the contract's order.
    pub const ALL: [Self; 16] = [
        Self::Ocr,
        Self::Nfc,
        Self::Liveness,
        Self::AgeEstimation,
        Self::FaceMatch,
        Self::ProofOfAddress,
        Self::PhoneVerification,
        Self::EmailVerification,
        Self::Aml,
        Self::IpAnalysis,
        Self::DatabaseValidation,
        Self::Questionnaire,
        Self::DocumentAi,
        Self::KybRegistry,
        Self::KybDocuments,
        Self::KybKeyPeople,
    ];

    #[rustfmt::skip]
    const fn names(self) -> Names {
        const fn row(workflow: &'static str, display: &'static str, warning: &'static str, array: &'static str, node: &'static str) -> Names {
            Names { workflow, display, warning, array, node }
        }
        match self {
            Self::Ocr => row("OCR", "ID_VERIFICATION", "ID_VERIFICATION", "id_verifications", "id_verification"),
            Self::Nfc => row("NFC", "NFC", "NFC", "nfc_verifications", "nfc"),
            Self::Liveness => row("LIVENESS", "LIVENESS", "LIVENESS", "liveness_checks", "liveness"),
            Self::AgeEstimation => row("AGE_ESTIMATION", "AGE_ESTIMATION", "LIVENESS", "liveness_checks", "age_estimation"),
            Self::FaceMatch => row("FACE_MATCH", "FACE_MATCH", "FACEMATCH", "face_matches", "face_match"),
            Self::ProofOfAddress => row("PROOF_OF_ADDRESS", "POA", "PROOF_OF_ADDRESS", "poa_verifications", "poa"),
            Self::PhoneVerification => row("PHONE_VERIFICATION", "PHONE", "PHONE", "phone_verifications", "phone"),
            Self::EmailVerification => row("EMAIL_VERIFICATION", "EMAIL_VERIFICATION", "EMAIL", "email_verifications", "email"),
            Self::Aml => row("AML", "AML", "AML", "aml_screenings", "aml"),
            Self::IpAnalysis => row("IP_ANALYSIS", "IP_ANALYSIS", "LOCATION", "ip_analyses", "ip_analysis"),
            Self::DatabaseValidation => row("DATABASE_VALIDATION", "DATABASE_VALIDATION", "DATABASE_VALIDATION", "database_validations", "database_validation"),
            Self::Questionnaire => row("QUESTIONNAIRE", "QUESTIONNAIRE", "QUESTIONNAIRE", "questionnaire_responses", "questionnaire"),
            Self::DocumentAi => row("DOCUMENT_AI", "DOCUMENT_AI", "DOCUMENT_AI", "document_ai_documents", "document_ai"),
            Self::KybRegistry => row("KYB_REGISTRY", "KYB_REGISTRY", "KYB_REGISTRY", "registry_checks", "kyb_registry"),
            Self::KybDocuments => row("KYB_DOCUMENTS", "KYB_DOCUMENTS", "KYB_DOCUMENTS", "document_verifications", "kyb_documents"),
            Self::KybKeyPeople => row("KYB_KEY_PEOPLE", "KYB_KEY_PEOPLE", "KYB_KEY_PEOPLE", "key_people_checks", "kyb_key_people"),
        }
    }

    /// Name in a workflow's `features`.
    pub const fn workflow_name(self) -> &'static str {
        self.names().workflow
    }

    /// Name in a decision's `features` list.
    pub const fn display_name(self) -> &'static str {
        self.names().display
    }

    /// Name in a warning's `feature`.
    pub const fn warning_name(self) -> &'static str {
        self.names().warning
    }

    /// The plural array of the decision that holds this feature's reports.
    pub const fn decision_array(self) -> &'static str {
        self.names().array
    }

    /// Stem of node ids: the first node of a kind is `{stem}_1` (decisions: `node_id`).
    pub const fn node_stem(self) -> &'static str {
        self.names().node
    }

    /// The feature of a workflow name in any letter case.
    pub fn from_workflow_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feature| feature.workflow_name().eq_ignore_ascii_case(name))
    }

    /// Business sessions only.
    pub const fn is_business(self) -> bool {
        matches!(self, Self::KybRegistry | Self::KybDocuments | Self::KybKeyPeople)
    }

    /// The feature of any name that resubmissions go by (features §18.2): those of workflows and of decisions, and the
    /// sides and faces that are steps of their own elsewhere. In any letter case.
    pub fn from_resubmission_name(name: &str) -> Option<Self> {
        let others = [
            ("OCR_BACK", Self::Ocr),
            ("FACE", Self::Liveness),
            ("EMAIL", Self::EmailVerification),
            ("KYB", Self::KybRegistry),
        ];
        let other = others.into_iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        let shown =
            || Self::ALL.into_iter().find(|feature| feature.display_name().eq_ignore_ascii_case(name));
        Self::from_workflow_name(name).or_else(shown).or(other.map(|(_, feature)| feature))
    }

    /// What an integrator calls a report of it where one is changed by hand (features §18.2, `feature_type`).
    pub const fn record_name(self) -> &'static str {
        match self {
            Self::Ocr => "KYC",
            Self::Nfc => "NFC",
            Self::Liveness | Self::AgeEstimation => "Face",
            Self::FaceMatch => "FaceMatch",
            Self::ProofOfAddress => "POA",
            Self::PhoneVerification => "Phone",
            Self::EmailVerification => "Email",
            Self::Aml => "AML",
            Self::IpAnalysis => "IPAnalysis",
            Self::DatabaseValidation => "DatabaseValidation",
            Self::Questionnaire => "Questionnaire",
            Self::DocumentAi => "DocumentAI",
            Self::KybRegistry => "KYBRegistry",
            Self::KybDocuments => "KYBDocument",
            Self::KybKeyPeople => "KYBKeyPeople",
        }
    }

    /// Redone without the person, on what is there (core API §3.7).
    pub const fn runs_by_itself(self) -> bool {
        matches!(self, Self::Aml | Self::DatabaseValidation | Self::IpAnalysis)
    }

    /// Whether it may be asked for again; the checks of a business follow from its parties' sessions.
    pub const fn can_be_resubmitted(self) -> bool {
        !matches!(self, Self::KybRegistry | Self::KybKeyPeople)
    }

    /// Asked for again when nobody says what (features §18.2).
    pub const fn is_resubmitted_by_default(self) -> bool {
        matches!(
            self,
            Self::Ocr
                | Self::Liveness
                | Self::FaceMatch
                | Self::ProofOfAddress
                | Self::PhoneVerification
                | Self::EmailVerification
                | Self::Aml
                | Self::DatabaseValidation
                | Self::Questionnaire
        )
    }

    /// Whether its array knows the status `Resub Requested` (features §1.4).
    pub const fn shows_resubmission(self) -> bool {
        !matches!(
            self,
            Self::Ocr
                | Self::PhoneVerification
                | Self::EmailVerification
                | Self::DocumentAi
                | Self::Questionnaire
        )
    }

    /// Whether the person has something to do for it; the others run on what was collected before.
    pub const fn needs_person(self) -> bool {
        !matches!(self, Self::FaceMatch | Self::Aml | Self::IpAnalysis | Self::DatabaseValidation)
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.workflow_name())
    }
}

/// The arrays that every decision of a person's session carries, in the contract's order (features §1.3).
pub const USER_ARRAYS: [&str; 12] = [
    "id_verifications",
    "nfc_verifications",
    "liveness_checks",
    "face_matches",
    "poa_verifications",
    "document_ai_documents",
    "phone_verifications",
    "email_verifications",
    "aml_screenings",
    "ip_analyses",
    "database_validations",
    "questionnaire_responses",
];

/// The arrays that every decision of a business session carries, in the contract's order (core API §3.1).
pub const BUSINESS_ARRAYS: [&str; 8] = [
    "registry_checks",
    "document_verifications",
    "key_people_checks",
    "aml_screenings",
    "phone_verifications",
    "email_verifications",
    "questionnaire_responses",
    "ip_analyses",
];
