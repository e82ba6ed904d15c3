//! The four templates of the console (core API §5.5), each the smallest workflow that does what its name says.
//! Integrators add features to them.

use model::feature::Feature;
use model::workflow::{Config, Graph};

use super::definition::{Definition, Settings};

/// A workflow to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// Full verification of an identity document.
    Kyc,
    /// Age from the face, with the document as a fall-back.
    AdaptiveAgeVerification,
    /// A returning person, recognised by the face.
    BiometricAuthentication,
    /// Proof of address.
    AddressVerification,
}

impl Template {
    /// All of them, in the contract's order.
    pub const ALL: [Self; 4] =
        [Self::Kyc, Self::AdaptiveAgeVerification, Self::BiometricAuthentication, Self::AddressVerification];

    /// The contract's `workflow_type`.
    pub const fn workflow_type(self) -> &'static str {
        match self {
            Self::Kyc => "kyc",
            Self::AdaptiveAgeVerification => "adaptive_age_verification",
            Self::BiometricAuthentication => "biometric_authentication",
            Self::AddressVerification => "address_verification",
        }
    }

    /// The name people see.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Kyc => "KYC",
            Self::AdaptiveAgeVerification => "Adaptive Age Verification",
            Self::BiometricAuthentication => "Biometric Authentication",
            Self::AddressVerification => "Address Verification",
        }
    }

    const fn features(self) -> &'static [Feature] {
        match self {
            Self::Kyc => &[Feature::Ocr],
            Self::AdaptiveAgeVerification => &[Feature::AgeEstimation],
            Self::BiometricAuthentication => &[Feature::Liveness, Feature::FaceMatch],
            Self::AddressVerification => &[Feature::ProofOfAddress],
        }
    }

    /// The template as the content of a first version.
    pub fn definition(self) -> Definition {
        let features = self.features().iter().map(|feature| (*feature, Config::new(), None)).collect();
        let workflow_type = Some(self.workflow_type().to_owned());
        Definition {
            graph: Graph::linear(features),
            settings: Settings { workflow_type, is_desktop_allowed: true, ..Settings::default() },
        }
    }
}
