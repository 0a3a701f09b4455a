//! Reads pages of examples: each heading that holds notes is one small vault.

#![allow(dead_code, reason = "each test uses its own part")]

use std::path::Path;
use std::sync::Arc;

use vaultlint::text::VaultPath;

/// A fenced block of a page with the line of text before it.
pub struct Block {
    /// `` `Index.md` after the fix: `` and the like, without the colon.
    pub caption: String,
    pub language: String,
    pub content: String,
    /// Byte range of the content in the page.
    pub range: std::ops::Range<usize>,
}

/// One example: a heading and the blocks below it.
pub struct Example {
    pub heading: String,
    pub blocks: Vec<Block>,
    /// Where the section ends in the page.
    pub end: usize,
}

impl Example {
    /// Returns the files of the example: blocks whose caption is a name in backticks alone.
    pub fn files(&self) -> Vec<(VaultPath, Arc<str>)> {
        let named = self.blocks.iter().filter_map(|block| Some((file_name(&block.caption)?, block)));
        named
            .filter(|(name, _)| !name.starts_with(".obsidian/"))
            .map(|(name, block)| (VaultPath::new(name), Arc::from(block.content.as_str())))
            .collect()
    }

    /// Returns the text of a block whose caption is exactly that.
    pub fn block(&self, caption: &str) -> Option<&Block> {
        self.blocks.iter().find(|block| block.caption == caption)
    }

    /// Returns the first block of a language without caption.
    pub fn language(&self, language: &str) -> Option<&Block> {
        self.blocks.iter().find(|block| block.language == language && file_name(&block.caption).is_none())
    }
}

fn file_name(caption: &str) -> Option<&str> {
    let name = caption.strip_prefix('`')?.strip_suffix('`')?;
    (!name.contains('`')).then_some(name)
}

/// Cuts a page into its examples; sections without files are left out.
pub fn examples(page: &str) -> Vec<Example> {
    let mut examples = vec![Example { heading: String::new(), blocks: Vec::new(), end: 0 }];
    let mut caption = String::new();
    let mut open: Option<(String, Block)> = None;
    let mut offset = 0;
    for line in page.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let text = line.trim_end_matches('\n');
        if let Some((fence, mut block)) = open.take() {
            if text.trim_end() == fence {
                block.range.end = start;
                block.content = page[block.range.clone()].to_owned();
                last(&mut examples).blocks.push(block);
                caption.clear();
            } else {
                open = Some((fence, block));
            }
        } else if text.starts_with("```") {
            let fence: String = text.chars().take_while(|character| *character == '`').collect();
            let language = text[fence.len()..].trim().to_owned();
            let block = Block { caption: caption.clone(), language, content: String::new(), range: offset..offset };
            open = Some((fence, block));
        } else if text.starts_with("## ") || text.starts_with("### ") {
            last(&mut examples).end = start;
            examples.push(Example {
                heading: text.trim_start_matches('#').trim().to_owned(),
                blocks: Vec::new(),
                end: 0,
            });
            caption.clear();
        } else if !text.trim().is_empty() {
            caption = text.trim().trim_end_matches(':').to_owned();
        }
    }
    last(&mut examples).end = page.len();
    examples.retain(|example| !example.files().is_empty());
    examples
}

fn last(examples: &mut [Example]) -> &mut Example {
    examples.last_mut().expect("a page has a first section")
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder is made");
    for entry in std::fs::read_dir(from).expect("a fixture is readable") {
        let entry = entry.expect("a fixture is readable");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a fixture is copied");
        }
    }
}
