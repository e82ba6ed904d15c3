//! What the edge adds to every operation: the limits, and `Idempotency-Key` on writes.

use serde_json::json;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::{
    ContentBuilder, ObjectBuilder, OpenApi, Ref, Required, Response, ResponseBuilder, Type,
};

/// Describes it in a complete document.
pub fn describe(document: &mut OpenApi) {
    for (path, item) in &mut document.paths.paths {
        // Not counted, not repeatable.
        if path.starts_with("/system/") || path.ends_with("/sandbox/arm/") {
            continue;
        }
        if let Some(read) = &mut item.get {
            limited(read);
        }
        let writes = [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for write in writes.into_iter().flatten() {
            limited(write);
            repeatable(write);
        }
    }
}

fn limited(operation: &mut Operation) {
    operation.responses.responses.entry("429".to_owned()).or_insert_with(|| throttled().into());
}

fn repeatable(operation: &mut Operation) {
    let key = ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "Repeated within 24 hours with the same request, the first answer comes again and nothing else happens.",
        ))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).max_length(Some(255))))
        .build();
    operation.parameters.get_or_insert_default().push(key.into());
    let malformed = "The `Idempotency-Key` is not 1 to 255 visible ASCII characters.";
    let conflict = "The first request with this `Idempotency-Key` is under way, or its answer is gone.";
    let reused = "The `Idempotency-Key` was used for a different request.";
    for (status, description) in [("400", malformed), ("409", conflict), ("422", reused)] {
        let responses = &mut operation.responses.responses;
        responses.entry(status.to_owned()).or_insert_with(|| detail(description).into());
    }
}

fn throttled() -> Response {
    let header = |description: &str| {
        let whole = ObjectBuilder::new().schema_type(Type::Integer);
        HeaderBuilder::new().schema(Some(whole)).description(Some(description)).build()
    };
    let mut response = detail("Too often; `Retry-After` says how many seconds to wait.");
    for (name, description) in [
        ("Retry-After", "Seconds to wait."),
        ("X-RateLimit-Limit", "So many a minute."),
        ("X-RateLimit-Remaining", "Still free."),
        ("X-RateLimit-Reset", "The second, since 1970, in which the oldest request leaves the window."),
    ] {
        response.headers.insert(name.to_owned(), header(description).into());
    }
    response
}

fn detail(description: &str) -> Response {
    let example = json!({"detail": description.replace('`', "")});
    let content =
        ContentBuilder::new().schema(Some(Ref::from_schema_name("DetailView"))).example(Some(example));
    ResponseBuilder::new().description(description).content("application/json", content.build()).build()
}
