//! What the files in `.obsidian` say (clauses R17, F15, Z7, Z8).

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::vault::settings::{LinkFormat, ObsidianSettings, PropertyType};

/// Reads the settings; a file that is missing says nothing, a broken one is named in `problems`.
pub(super) fn read(root: &Path, problems: &mut Vec<String>) -> ObsidianSettings {
    let mut json = |name: &str| read_json(root, name, problems);
    from_json(&mut json)
}

/// Fills the settings from what `json` returns for each file of `.obsidian`.
pub fn from_json(json: &mut dyn FnMut(&str) -> Value) -> ObsidianSettings {
    let app = json("app.json");
    let daily = json("daily-notes.json");
    let mut settings = ObsidianSettings {
        excluded: strings(&app["userIgnoreFilters"]),
        show_unsupported_files: app["showUnsupportedFiles"].as_bool().unwrap_or_default(),
        link_format: match app["newLinkFormat"].as_str() {
            Some("relative") => LinkFormat::Relative,
            Some("absolute") => LinkFormat::Absolute,
            _ => LinkFormat::Shortest,
        },
        use_markdown_links: app["useMarkdownLinks"].as_bool().unwrap_or_default(),
        attachment_folder: text(&app["attachmentFolderPath"]),
        daily_folder: folder(&daily["folder"]),
        daily_format: Some(text(&daily["format"])).filter(|format| !format.is_empty()),
        types: types(&json("types.json")),
        ..ObsidianSettings::default()
    };
    templates(json, &daily, &mut settings);
    settings
}

fn templates(json: &mut dyn FnMut(&str) -> Value, daily: &Value, settings: &mut ObsidianSettings) {
    let templater = json("plugins/templater-obsidian/data.json");
    let unique = json("zk-prefixer.json");
    let periodic = json("plugins/periodic-notes/data.json");
    for found in [&json("templates.json")["folder"], &templater["templates_folder"]] {
        settings.template_folders.extend(Some(folder(found)).filter(|folder| !folder.is_empty()));
    }
    let mut files = vec![text(&daily["template"]), text(&unique["template"])];
    for period in ["daily", "weekly", "monthly", "quarterly", "yearly"] {
        files.push(text(&periodic[period]["template"]));
        files.push(text(&periodic[period]["templatePath"]));
    }
    let with_extension = |file: String| if file.to_lowercase().ends_with(".md") { file } else { format!("{file}.md") };
    settings.template_files.extend(files.into_iter().filter(|file| !file.is_empty()).map(with_extension));
}

fn types(file: &Value) -> BTreeMap<String, PropertyType> {
    let Some(types) = file["types"].as_object() else { return BTreeMap::new() };
    let known = |(name, value): (&String, &Value)| {
        let property_type = match value.as_str()? {
            "text" => PropertyType::Text,
            "multitext" => PropertyType::List,
            "number" => PropertyType::Number,
            "checkbox" => PropertyType::Checkbox,
            "date" => PropertyType::Date,
            "datetime" => PropertyType::DateTime,
            "tags" => PropertyType::Tags,
            "aliases" => PropertyType::Aliases,
            _ => return None,
        };
        Some((name.to_lowercase(), property_type))
    };
    types.iter().filter_map(known).collect()
}

fn read_json(root: &Path, name: &str, problems: &mut Vec<String>) -> Value {
    let path = root.join(".obsidian").join(name);
    // A pipe would be waited for.
    let bytes = path.metadata().ok().filter(std::fs::Metadata::is_file).and_then(|_| std::fs::read(&path).ok());
    let Some(bytes) = bytes else { return Value::Null };
    match serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)) {
        Ok(value) => value,
        Err(_) if bytes.iter().all(u8::is_ascii_whitespace) => Value::Null,
        Err(error) => {
            problems.push(format!("`.obsidian/{name}` is not JSON ({error}); its settings are not used"));
            Value::Null
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().trim().to_owned()
}

fn folder(value: &Value) -> String {
    text(value).trim_matches('/').to_owned()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().map(|list| list.iter().map(text).filter(|entry| !entry.is_empty()).collect()).unwrap_or_default()
}
