//! The warning catalogue: what can be wrong, who decides how bad it is, and what to say about it.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::feature::Feature;
use crate::workflow::{Config, NodeId};

/// What a workflow does about a warning (features §1.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Action {
    /// Say so, decide nothing.
    NoAction,
    /// A human looks.
    Review,
    /// The feature is declined.
    Decline,
}

impl Action {
    /// Reads a configured action in any letter case.
    pub fn parse(text: &str) -> Option<Self> {
        [("NO_ACTION", Self::NoAction), ("REVIEW", Self::Review), ("DECLINE", Self::Decline)]
            .into_iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(text))
            .map(|(_, action)| action)
    }
}

/// Who decides about a risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Always declines, not configurable.
    AutoDecline,
    /// The workflow's setting of this name; the default where it is not set.
    Configured {
        /// Key of the node's settings.
        key: &'static str,
        /// In force when the key is absent.
        default: Action,
    },
    /// Always this.
    Fixed(Action),
}

macro_rules! risks {
    ($($name:ident $code:literal $feature:ident $policy:expr, $short:literal, $long:literal;)+) => {
        /// A stable risk code; the only thing a client should branch on.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Risk {
            $(#[doc = $long] #[serde(rename = $code)] $name,)+
        }

        impl Risk {
            /// The whole catalogue.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The code on the wire.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// The feature that raises it.
            pub const fn feature(self) -> Feature {
                match self { $(Self::$name => Feature::$feature,)+ }
            }

            /// Who decides about it.
            pub const fn policy(self) -> Policy {
                match self { $(Self::$name => $policy,)+ }
            }

            /// One line for a list.
            pub const fn short_description(self) -> &'static str {
                match self { $(Self::$name => $short,)+ }
            }

            /// One sentence that explains it.
            pub const fn long_description(self) -> &'static str {
                match self { $(Self::$name => $long,)+ }
            }
        }
    };
}

const fn set(key: &'static str, default: Action) -> Policy {
    Policy::Configured { key, default }
}

use Action::{Decline, NoAction, Review};

// Defaults follow features §2.5 where it states one; otherwise §25.2: inform about signals, review mismatches and
// authenticity, decline where the standalone service declines.
risks! {
    DocumentNotSupported "DOCUMENT_NOT_SUPPORTED_FOR_APPLICATION" Ocr Policy::AutoDecline,
        "Document type not accepted", "The document's country or type is not among those that this workflow accepts.";
    DocumentExpired "DOCUMENT_EXPIRED" Ocr Policy::AutoDecline,
        "Document expired", "The document's date of expiry has passed.";
    IdDocumentInBlocklist "ID_DOCUMENT_IN_BLOCKLIST" Ocr Policy::AutoDecline,
        "Document on the block list", "The document's number is on the application's block list.";
    MinimumAgeNotMet "MINIMUM_AGE_NOT_MET" Ocr set("minimum_age_action", Decline),
        "Below the minimum age", "The holder's date of birth makes them younger than this workflow requires.";
    MaximumAgeExceeded "MAXIMUM_AGE_EXCEEDED" Ocr set("maximum_age_action", Decline),
        "Above the maximum age", "The holder's date of birth makes them older than this workflow allows.";
    PossibleDuplicatedUser "POSSIBLE_DUPLICATED_USER" Ocr set("duplicated_user_action", NoAction),
        "Possible duplicate", "The same identity was approved in another session of a different user.";
    MrzNotDetected "MRZ_NOT_DETECTED" Ocr set("invalid_mrz_action", Decline),
        "No machine-readable zone found", "No machine-readable zone could be found in the picture, though this kind of document has one.";
    MrzValidationFailed "MRZ_VALIDATION_FAILED" Ocr set("invalid_mrz_action", Decline),
        "Machine-readable zone invalid", "At least one check digit of the machine-readable zone does not match what it covers.";
    DataInconsistent "DATA_INCONSISTENT" Ocr set("inconsistent_data_action", Review),
        "Data contradicts itself", "What was read from the document contradicts itself or what the person chose.";
    DocumentSidesMismatch "DOCUMENT_SIDES_MISMATCH" Ocr set("inconsistent_data_action", Review),
        "Sides do not match", "Front and back do not seem to belong to one document.";
    CouldNotRecognizeDocument "COULD_NOT_RECOGNIZE_DOCUMENT" Ocr set("invalid_validation_action", Decline),
        "Document not recognised", "No document could be recognised in the picture.";
    CouldNotDetectDocumentType "COULD_NOT_DETECT_DOCUMENT_TYPE" Ocr set("invalid_validation_action", Decline),
        "Document type unclear", "A document was found, but not what kind of document it is.";
    NameNotDetected "NAME_NOT_DETECTED" Ocr set("invalid_validation_action", Decline),
        "Name not read", "The holder's name could not be read from the document.";
    DateOfBirthNotDetected "DATE_OF_BIRTH_NOT_DETECTED" Ocr set("invalid_validation_action", Decline),
        "Date of birth not read", "The holder's date of birth could not be read from the document.";
    DocumentNumberNotDetected "DOCUMENT_NUMBER_NOT_DETECTED" Ocr set("invalid_validation_action", Decline),
        "Document number not read", "The document's number could not be read.";
    InvalidDate "INVALID_DATE" Ocr set("invalid_validation_action", Decline),
        "Impossible date", "A date on the document is not a date of the calendar.";
    ExpirationDateNotDetected "EXPIRATION_DATE_NOT_DETECTED" Ocr set("expiration_date_not_detected_action", NoAction),
        "Date of expiry not read", "The document's date of expiry could not be read.";
    DocumentNumberFormatMismatch "DOCUMENT_NUMBER_FORMAT_MISMATCH" Ocr set("document_or_personal_number_format_mismatch_action", NoAction),
        "Unusual document number", "The document's number does not have the form that its country uses.";
    PersonalNumberFormatMismatch "PERSONAL_NUMBER_FORMAT_MISMATCH" Ocr set("document_or_personal_number_format_mismatch_action", NoAction),
        "Unusual personal number", "The holder's personal number does not have the form or the check digits that its country uses.";
    MrzAndOcrNotSame "MRZ_AND_DATA_EXTRACTED_FROM_OCR_NOT_SAME" Ocr set("inconsistent_data_action", Review),
        "Print differs from the machine-readable zone", "What is printed on the document differs from what its machine-readable zone says.";
    DifferentName "DOCUMENT_NAME_DIFFERENT_FROM_OTHER_APPROVED_DOCUMENTS" Ocr set("inconsistent_data_action", Review),
        "Name differs from earlier documents", "The name differs from the one on a document of the same user that was approved before.";
    DuplicatedDocument "DUPLICATED_DOCUMENT" Ocr set("duplicated_user_action", NoAction),
        "Document used before", "The same document was shown in a session of a different user.";
    BarcodeNotDetected "BARCODE_NOT_DETECTED" Ocr set("invalid_code_action", NoAction),
        "No barcode found", "The barcode that this kind of document carries could not be found or read.";
    BarcodeValidationFailed "BARCODE_VALIDATION_FAILED" Ocr set("invalid_code_action", NoAction),
        "Barcode disagrees", "What the document's barcode says differs from the rest of the document.";
    ImageTooBlurry "IMAGE_TOO_BLURRY" Ocr set("image_too_blurry_action", NoAction),
        "Picture blurred", "The picture of the document is blurred.";
    ImageTooDark "IMAGE_TOO_DARK" Ocr set("image_too_dark_action", NoAction),
        "Picture too dark", "The picture of the document is too dark.";
    ImageTooBright "IMAGE_TOO_BRIGHT" Ocr set("image_too_bright_action", NoAction),
        "Picture too bright", "The picture of the document is too bright.";
    ImageQualityTooLow "IMAGE_QUALITY_TOO_LOW" Ocr set("image_quality_too_low_action", NoAction),
        "Picture quality too low", "The picture of the document is of less quality than this workflow asks for.";
    ImageResolutionTooLow "IMAGE_RESOLUTION_TOO_LOW" Ocr set("image_quality_too_low_action", NoAction),
        "Picture resolution too low", "The document is too small in the picture to be read well.";
    DocumentNotFullyVisible "DOCUMENT_NOT_FULLY_VISIBLE" Ocr set("image_quality_too_low_action", NoAction),
        "Document not fully visible", "The picture does not show all of the document.";
    DocumentOcclusionDetected "DOCUMENT_OCCLUSION_DETECTED" Ocr set("image_quality_too_low_action", NoAction),
        "Document covered", "Something lies over a part of the document, or a reflection hides it.";
    CriticalFieldOcclusionDetected "CRITICAL_FIELD_OCCLUSION_DETECTED" Ocr set("critical_field_occlusion_action", Review),
        "Important field covered", "Something covers a part of the document that a needed field stands in.";
    ScreenCaptureDetected "SCREEN_CAPTURE_DETECTED" Ocr Policy::Fixed(NoAction),
        "Picture of a screen", "The document seems to have been photographed from a screen.";
    PrintedCopyDetected "PRINTED_COPY_DETECTED" Ocr Policy::Fixed(NoAction),
        "Printed copy", "The document seems to be a copy on paper.";
    PortraitManipulationDetected "PORTRAIT_MANIPULATION_DETECTED" Ocr Policy::Fixed(NoAction),
        "Portrait replaced", "The portrait on the document seems to have been replaced.";
    DocumentLivenessNotComputed "DOCUMENT_LIVENESS_NOT_COMPUTED" Ocr Policy::Fixed(Review),
        "Document liveness not judged", "Whether the document itself was before the camera could not be judged.";
    UnparsedAddress "UNPARSED_ADDRESS" Ocr set("unparsed_address_action", NoAction),
        "Address not taken apart", "The address on the document could not be taken apart.";
    FullNameMismatch "FULL_NAME_MISMATCH_WITH_PROVIDED" Ocr set("expected_details_mismatch_action", Review),
        "Name differs from what was expected", "The name on the document differs from the expected details of this session.";
    DobMismatch "DOB_MISMATCH_WITH_PROVIDED" Ocr set("expected_details_mismatch_action", Review),
        "Date of birth differs from what was expected", "The date of birth on the document differs from the expected details of this session.";
    GenderMismatch "GENDER_MISMATCH_WITH_PROVIDED" Ocr set("expected_details_mismatch_action", Review),
        "Gender differs from what was expected", "The gender on the document differs from the expected details of this session.";
    NationalityMismatch "NATIONALITY_MISMATCH_WITH_PROVIDED" Ocr set("expected_details_mismatch_action", Review),
        "Nationality differs from what was expected", "The nationality on the document differs from the expected details of this session.";
    CountryMismatch "COUNTRY_MISMATCH_WITH_PROVIDED" Ocr set("expected_details_mismatch_action", Review),
        "Issuing country differs from what was expected", "The document was issued by another country than the expected details of this session say.";
    IdentificationNumberMismatch "IDENTIFICATION_NUMBER_MISMATCH_WITH_PROVIDED" Ocr set("expected_details_mismatch_action", Review),
        "Number differs from what was expected", "Neither the document's nor the personal number equals the expected identification number.";
    VerificationCodeAttemptsExceeded "VERIFICATION_CODE_ATTEMPTS_EXCEEDED" PhoneVerification Policy::AutoDecline,
        "Too many codes", "Too many wrong codes were entered for this phone number, or too many codes were asked for.";
    PhoneNumberInBlocklist "PHONE_NUMBER_IN_BLOCKLIST" PhoneVerification Policy::AutoDecline,
        "Phone number on the block list", "The phone number is on the application's block list.";
    HighRiskPhoneNumber "HIGH_RISK_PHONE_NUMBER" PhoneVerification set("high_risk_phone_action", Decline),
        "High-risk phone number", "The provider of text messages refused to write to this number because it looks like abuse.";
    VoipNumberDetected "VOIP_NUMBER_DETECTED" PhoneVerification set("voip_number_action", NoAction),
        "Internet telephone number", "The number belongs to a range for telephony over the internet.";
    DisposableNumberDetected "DISPOSABLE_NUMBER_DETECTED" PhoneVerification set("disposable_number_action", NoAction),
        "Throw-away phone number", "The number belongs to a service that lends numbers for a short time.";
    DuplicatedPhoneNumber "DUPLICATED_PHONE_NUMBER" PhoneVerification set("duplicated_phone_number_action", NoAction),
        "Phone number used before", "Another user of this application has verified the same phone number.";
    EmailCodeAttemptsExceeded "EMAIL_CODE_ATTEMPTS_EXCEEDED" EmailVerification Policy::AutoDecline,
        "Too many codes", "Too many wrong codes were entered for this e-mail address, or too many codes were asked for.";
    EmailInBlocklist "EMAIL_IN_BLOCKLIST" EmailVerification Policy::AutoDecline,
        "E-mail address on the block list", "The e-mail address is on the application's block list.";
    UndeliverableEmailDetected "UNDELIVERABLE_EMAIL_DETECTED" EmailVerification Policy::AutoDecline,
        "Mail cannot be delivered", "The address takes no mail, so no code could reach it.";
    BreachedEmailDetected "BREACHED_EMAIL_DETECTED" EmailVerification set("breached_email_action", NoAction),
        "E-mail address in a known breach", "The address is part of a known breach of another service.";
    DisposableEmailDetected "DISPOSABLE_EMAIL_DETECTED" EmailVerification set("disposable_email_action", NoAction),
        "Throw-away e-mail address", "The address belongs to a provider of mailboxes for a few minutes.";
    DuplicatedEmail "DUPLICATED_EMAIL" EmailVerification set("duplicated_email_action", NoAction),
        "E-mail address used before", "Another user of this application has verified the same e-mail address.";

    NfcChipNotVerified "NFC_CHIP_NOT_VERIFIED" Nfc set("unverified_chip_action", Review),
        "Chip not verified", "The signature of the document's chip could not be verified.";
    LivenessFaceAttack "LIVENESS_FACE_ATTACK" Liveness Policy::AutoDecline,
        "Presentation attack", "What was held before the camera is not a living face.";
    LowFaceMatchSimilarity "LOW_FACE_MATCH_SIMILARITY" FaceMatch Policy::Fixed(Review),
        "Faces differ", "The face before the camera is not similar enough to the one it is compared with.";
    AddressMismatch "ADDRESS_MISMATCH_WITH_PROVIDED" ProofOfAddress set("poa_name_or_address_mismatch_action", Review),
        "Address differs from what was expected", "The address on the document differs from the expected details of this session.";
    MissingAddressInformation "MISSING_ADDRESS_INFORMATION" ProofOfAddress Policy::AutoDecline,
        "No address found", "No address could be found on the document.";
    PoaDocumentExpired "POA_DOCUMENT_EXPIRED" ProofOfAddress Policy::AutoDecline,
        "Document too old", "The document has run out, or it is older than documents of its type may be.";
    InvalidDocumentType "INVALID_DOCUMENT_TYPE" ProofOfAddress Policy::AutoDecline,
        "Not a proof of address", "The document is none of the kinds that prove an address.";
    UnableToExtractIssueDate "UNABLE_TO_EXTRACT_ISSUE_DATE" ProofOfAddress set("poa_issue_date_not_detected_action", Decline),
        "Date of issue not read", "The day on which the document was issued could not be found.";
    PoaNameNotDetected "POA_NAME_NOT_DETECTED" ProofOfAddress Policy::Fixed(Review),
        "Name not read", "The name of the person to whom the document is addressed could not be found.";
    PoaNameMismatch "NAME_MISMATCH_WITH_PROVIDED" ProofOfAddress set("poa_name_or_address_mismatch_action", Review),
        "Name differs from what was expected", "The name on the document differs from the expected details.";
    PoaCountryMismatch "POA_COUNTRY_MISMATCH_WITH_PROVIDED" ProofOfAddress set("poa_name_or_address_mismatch_action", Review),
        "Country differs from what was expected", "The document comes from another country than was expected.";
    PoaNameMismatchWithDocument "NAME_MISMATCH_ID_VERIFICATION" ProofOfAddress set("poa_name_or_address_mismatch_action", Review),
        "Name differs from the identity document", "The name on the document differs from the one on the identity document of this session.";
    FutureIssueDate "FUTURE_ISSUE_DATE" ProofOfAddress Policy::Fixed(Review),
        "Dated in the future", "The document is dated after today.";
    DocumentMetadataMismatch "DOCUMENT_METADATA_MISMATCH" ProofOfAddress set("poa_document_issues_action", Review),
        "File changed after it was written", "What the file tells of itself says that it was changed after it was written.";
    SuspectedDocumentManipulation "SUSPECTED_DOCUMENT_MANIPULATION" ProofOfAddress set("poa_document_authenticity_action", Review),
        "Signs of manipulation", "The file shows signs that its content was changed.";
    UnsupportedDocumentLanguage "UNSUPPORTED_DOCUMENT_LANGUAGE" ProofOfAddress set("poa_unsupported_language_action", Review),
        "Language not accepted", "The document is written in a language that is not accepted.";
    IssuerNotIdentified "ISSUER_NOT_IDENTIFIED" ProofOfAddress set("poa_issuer_not_identified_action", Review),
        "Issuer not found", "The company or office that issued the document could not be found on it.";
    UnparsableAddress "UNPARSABLE_OR_INVALID_ADDRESS" ProofOfAddress set("poa_unparsable_or_invalid_address_action", Review),
        "Address not taken apart", "The address on the document could not be taken apart.";
    PoaDocumentNotSupported "POA_DOCUMENT_NOT_SUPPORTED_FOR_APPLICATION" ProofOfAddress set("poa_unsupported_document_type_action", Review),
        "Type not accepted", "Documents of this type are not accepted as a proof of address here.";
    PossibleMatchFound "POSSIBLE_MATCH_FOUND" Aml Policy::Fixed(Review),
        "Possible match", "Somebody on a list may be the person or company that was screened.";
    IpAddressInBlocklist "IP_ADDRESS_IN_BLOCKLIST" IpAnalysis Policy::AutoDecline,
        "Network address on the block list", "The network address is on the application's block list.";
    DatabaseValidationNoMatch "DATABASE_VALIDATION_NO_MATCH" DatabaseValidation set("database_validation_no_match_action", Review),
        "Not found in the register", "No register that was asked knows these details.";
    KybCompanyNotFromRegistry "KYB_COMPANY_NOT_FROM_REGISTRY" KybRegistry set("kyb_manual_company_action", Review),
        "Company not found in the register", "The company's details do not come from a register.";
}

impl fmt::Display for Risk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Risk {
    /// The action in force for this risk under a node's settings.
    pub fn action(self, config: &Config) -> Action {
        match self.policy() {
            Policy::AutoDecline => Action::Decline,
            Policy::Fixed(action) => action,
            Policy::Configured { key, default } => {
                config.get(key).and_then(Value::as_str).and_then(Action::parse).unwrap_or(default)
            }
        }
    }
}

/// A finding with the action that was in force when it was made (features §1.5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Warning {
    /// What is wrong.
    pub risk: Risk,
    /// What the workflow does about it.
    pub action: Action,
    /// Context that belongs to this risk.
    pub additional_data: Option<Value>,
    /// The node that raised it.
    pub node_id: NodeId,
}

impl Warning {
    /// A warning under a node's settings.
    pub fn under(risk: Risk, config: &Config, node_id: &NodeId) -> Self {
        Self { risk, action: risk.action(config), additional_data: None, node_id: node_id.clone() }
    }

    /// The same warning with context.
    #[must_use]
    pub fn with(mut self, additional_data: Value) -> Self {
        self.additional_data = Some(additional_data);
        self
    }

    /// The object of the wire contract.
    pub fn to_wire(&self) -> Value {
        let log_type = match self.action {
            Action::Decline => "error",
            Action::Review => "warning",
            Action::NoAction => "information",
        };
        serde_json::json!({
            "feature": self.risk.feature().warning_name(),
            "risk": self.risk.code(),
            "additional_data": self.additional_data,
            "log_type": log_type,
            "short_description": self.risk.short_description(),
            "long_description": self.risk.long_description(),
            "node_id": self.node_id,
        })
    }
}
