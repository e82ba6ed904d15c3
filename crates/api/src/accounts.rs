//! Accounts without a browser: register, confirm, log in, look (core API §1). Also answered under `/auth/v2`.

use engine::Engine;
use engine::accounts::Refused;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::approvals;
use crate::problem::{Code, Problem};

mod get_application;
mod list_applications;
mod list_organizations;
pub(crate) mod log_in;
mod register;
mod resend_otp;
mod verify_email;
pub(crate) mod view;

pub(crate) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new()
        .routes(routes!(register::register))
        .routes(routes!(verify_email::verify_email))
        .routes(routes!(resend_otp::resend_otp))
        .routes(routes!(log_in::log_in))
        .routes(routes!(list_organizations::list_organizations))
        .routes(routes!(list_applications::list_applications))
        .routes(routes!(get_application::get_application))
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::WeakPassword(rule) => Self::field("password", rule),
            Refused::EmailTaken => Self::field("email", "A user with this email already exists."),
            Refused::WrongCode => Self::field("code", "Invalid or expired verification code."),
            Refused::WrongCredentials => Self::new(Code::WrongCredentials),
            Refused::NotVerified => Self::new(Code::EmailNotVerified),
            Refused::Throttled(seconds) => Self::throttled(seconds),
            Refused::WrongToken => Self::new(Code::PermissionDenied),
            Refused::WrongOtp | Refused::WrongChallenge => Self::list("Invalid OTP token."),
            Refused::HasSecondFactor => Self::detail(Code::Invalid, "A second factor is already enabled."),
            Refused::NoSecondFactor => Self::detail(Code::Invalid, "No second factor is enabled."),
            Refused::NotFound => Self::new(Code::NotFound),
            Refused::NeedsApproval(request) => approvals::needs_second_person(request),
            Refused::TooFewApprovers => Self::field(
                "require_second_person",
                "At least two members must have the permission write:approvals.",
            ),
            Refused::Mail(_) | Refused::Key | Refused::Store(_) => Self::server_error(&refused),
        }
    }
}
