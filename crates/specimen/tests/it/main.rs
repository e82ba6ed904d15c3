//! Documents as others get them: drawn with the real fonts, photographed, filmed.

mod attacks;
mod documents;
mod layouts;
mod making;

use specimen::Fonts;

/// The fonts of Debian's `fonts-ocr-b` and `fonts-dejavu-core`.
#[expect(clippy::disallowed_methods, reason = "a test reads the fonts that the library is given")]
fn fonts() -> Fonts {
    let read = |path: &str| {
        std::fs::read(path)
            .unwrap_or_else(|error| panic!("{path}: {error}; install fonts-ocr-b and fonts-dejavu-core"))
    };
    Fonts::parse(
        read("/usr/share/fonts/opentype/ocr-b/OCRB.otf"),
        read("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
        read("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"),
    )
    .expect("Debian's fonts parse")
}
