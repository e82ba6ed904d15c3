//! Two published readers on the same pictures in the same run: `PassportEye`, and `RapidOCR` with our parser behind it.

use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use document::mrz::{self, Format, Mrz};
use serde_json::Value;

use crate::trial::{TODAY, Trial, Worker};

/// The environment that `cargo xtask bench documents --peers N` makes.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/peers");
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/documents/peers.py");

/// What one program said of one picture.
enum Claim {
    Nothing,
    /// Fields, but not called valid.
    Doubtful,
    Right,
    Wrong,
}

/// The table beside ours, over the trials with seeds up to `seeds`.
pub(crate) fn report(seeds: u64, trials: &[Trial]) -> String {
    let trials: Vec<&Trial> = trials.iter().filter(|trial| trial.seed <= seeds).collect();
    let files = photographs(&trials);
    let mut text = format!(
        "\n### Beside other readers\n\nThe same {} photographs (seeds 1 to {seeds} of every format and difficulty), read in \
         the same run. *Right*: called valid, and document number, birth and expiry date are the truth. PassportEye \
         judges its own fields; RapidOCR reads lines only, so its zone lines go through our parser and its check digits. Processor \
         time per picture, one thread, decoding included.\n\n\
         | program | right | valid but wrong | found, not valid | nothing found | ms median | times ours |\n\
         |---|---:|---:|---:|---:|---:|---:|\n",
        trials.len()
    );
    let ours: Vec<(Claim, f64)> =
        trials.iter().map(|trial| (of_ours(trial), trial.time.as_secs_f64() * 1e3)).collect();
    let base = median(&ours);
    row(&mut text, "Bonafide", &ours, base);
    for (name, peer) in
        [("PassportEye 2.2.2 with Tesseract", "passporteye"), ("rapidocr-onnxruntime 1.4.4", "rapidocr")]
    {
        println!("  {name} reads {} photographs", files.len());
        let answers = ask(peer, &files);
        let claims: Vec<(Claim, f64)> = trials
            .iter()
            .zip(&answers)
            .map(|(trial, answer)| {
                (judge(peer, trial, &answer["said"]), answer["ms"].as_f64().unwrap_or(0.0))
            })
            .collect();
        row(&mut text, name, &claims, base);
    }
    text
}

fn photographs(trials: &[&Trial]) -> Vec<PathBuf> {
    let folder = Path::new(FOLDER).join("pictures");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    let worker = Worker::new();
    let file = |trial: &&Trial| {
        let name = format!("{}-{}-{}.jpg", trial.kind.name(), trial.difficulty.name(), trial.seed);
        let path = folder.join(name);
        let jpeg = worker.photograph(trial.kind, trial.difficulty, trial.seed);
        std::fs::File::create(&path)
            .and_then(|mut file| file.write_all(&jpeg))
            .expect("a picture is written");
        path
    };
    trials.iter().map(file).collect()
}

/// One answer per file, in their order.
fn ask(peer: &str, files: &[PathBuf]) -> Vec<Value> {
    let mut python = Command::new(Path::new(FOLDER).join("bin/python"));
    python.args([SCRIPT, peer]).env("OMP_THREAD_LIMIT", "1").env("OMP_NUM_THREADS", "1");
    let mut child = python
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the peers' environment is there: cargo xtask bench documents --peers N makes it");
    let list: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let mut input = child.stdin.take().expect("stdin is piped");
    input.write_all(list.join("\n").as_bytes()).expect("the script reads its list first");
    drop(input);
    let output = child.wait_with_output().expect("the script ends");
    let answers: Vec<Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("the script prints JSON"))
        .collect();
    assert_eq!(answers.len(), files.len(), "{peer} ended early");
    answers
}

fn of_ours(trial: &Trial) -> Claim {
    match &trial.zone {
        None => Claim::Nothing,
        Some(_) if trial.is_right() => Claim::Right,
        Some(_) if trial.is_valid_but_wrong() => Claim::Wrong,
        Some(_) => Claim::Doubtful,
    }
}

fn judge(peer: &str, trial: &Trial, said: &Value) -> Claim {
    let truth = core(trial.kind.format(), &trial.truth);
    let (valid, fields) = if peer == "passporteye" {
        let word = |name: &str| said[name].as_str().unwrap_or_default().replace('<', "");
        if said["number"].is_null() {
            return Claim::Nothing;
        }
        let fields = [word("number"), word("date_of_birth"), word("expiration_date")];
        (said["valid"] == true, fields)
    } else {
        let Some(zone) = zone(&said["lines"]) else { return Claim::Nothing };
        (zone.valid, core(zone.format, &zone.lines))
    };
    if !valid {
        return Claim::Doubtful;
    }
    if fields == truth { Claim::Right } else { Claim::Wrong }
}

/// The last lines that look like a zone, parsed.
fn zone(lines: &Value) -> Option<Mrz> {
    let lines: Vec<String> = lines
        .as_array()?
        .iter()
        .filter_map(Value::as_str)
        .map(|line| line.to_uppercase().replace(' ', "").replace('«', "<<"))
        .filter(|line| line.len() >= 26 && (line.contains('<') || line.len() >= 30))
        .collect();
    let best = (2..=3).filter_map(|count| {
        let last: Vec<&str> = lines.iter().rev().take(count).rev().map(String::as_str).collect();
        (last.len() == count).then(|| mrz::parse(&last, TODAY).mrz).flatten()
    });
    best.max_by_key(|zone| zone.valid)
}

/// Document number, birth date and expiry date as they stand in the zone (ICAO 9303 parts 4 to 7).
fn core(format: Format, lines: &[String]) -> [String; 3] {
    let part = |line: usize, from: usize, to: usize| {
        lines.get(line).and_then(|line| line.get(from..to)).unwrap_or_default().replace('<', "")
    };
    if format == Format::Td1 {
        [part(0, 5, 14), part(1, 0, 6), part(1, 8, 14)]
    } else {
        [part(1, 0, 9), part(1, 13, 19), part(1, 21, 27)]
    }
}

fn row(text: &mut String, name: &str, claims: &[(Claim, f64)], base: f64) {
    let share = |wanted: fn(&Claim) -> bool| {
        100.0 * claims.iter().filter(|(claim, _)| wanted(claim)).count() as f64 / claims.len().max(1) as f64
    };
    let wrong = claims.iter().filter(|(claim, _)| matches!(claim, Claim::Wrong)).count();
    let _ = writeln!(
        text,
        "| {name} | {:.1} % | {wrong} | {:.1} % | {:.1} % | {:.0} | {:.1} |",
        share(|claim| matches!(claim, Claim::Right)),
        share(|claim| matches!(claim, Claim::Doubtful)),
        share(|claim| matches!(claim, Claim::Nothing)),
        median(claims),
        median(claims) / base
    );
}

fn median(claims: &[(Claim, f64)]) -> f64 {
    let mut times: Vec<f64> = claims.iter().map(|(_, time)| *time).collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}
