//! The vault: every file, the outlines of the notes, and the questions that span notes.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::note::{Body, Link, LinkKind, LinkPlace, Outline, is_template_text};
use crate::parse;
use crate::text::{FileId, VaultPath};

mod asked;
mod backlinks;
mod copies;
pub mod facts;
mod index;
mod mention;
pub mod missing;
pub mod near;
pub mod near_heading;
pub mod people;
mod recent;
mod rename;
pub mod resolve;
pub mod settings;
mod slots;
mod subpaths;

pub use copies::conflicted_copy;
use index::Index;
pub use index::name_hash;
pub use mention::Mention;
pub use missing::{Missing, Unusable};
pub use near::{Closeness, Near};
pub use rename::Unwritable;
pub use resolve::{Subpath, Target};
use settings::{Kind, Settings};

/// A file that a link can reach.
#[derive(Clone, Debug)]
pub struct File {
    pub path: VaultPath,
    pub contents: Contents,
    /// Findings in it are wanted; otherwise it is a link target alone.
    pub checked: bool,
}

/// What is known of a file beside its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contents {
    /// A note or canvas that was read.
    Read,
    /// A note whose bytes are not UTF-8; the offset of the first wrong byte. Obsidian shows it garbled.
    NotUtf8 { offset: u64, line: u32 },
    /// A note whose contents stay unknown: behind a link out of the vault, in the cloud, or refused by the system.
    Unknown,
    /// An attachment: only its name matters.
    Attachment,
}

/// Where a link leads, in little room: the number of a file or one of the two below, which no file has.
#[derive(Clone, Copy, PartialEq, Eq)]
struct LinkTarget(u32);

impl LinkTarget {
    /// Which of several files it is is looked up again.
    const AMBIGUOUS: LinkTarget = LinkTarget(u32::MAX - 1);
    const MISSING: LinkTarget = LinkTarget(u32::MAX);

    /// Returns the file, if it is one for sure.
    fn file(self) -> Option<FileId> {
        (self != LinkTarget::AMBIGUOUS && self != LinkTarget::MISSING).then_some(FileId(self.0))
    }
}

impl From<Target> for LinkTarget {
    fn from(target: Target) -> LinkTarget {
        match target {
            Target::File(file) => LinkTarget(file.0),
            Target::Ambiguous(_) => LinkTarget::AMBIGUOUS,
            Target::Missing => LinkTarget::MISSING,
        }
    }
}

/// Gives the text of a note again after its outline was taken; `None` if it cannot be read any more.
pub type Texts = Box<dyn Fn(FileId) -> Option<Arc<str>> + Send + Sync>;

/// All files, outlines and settings of a vault, indexed.
pub struct Vault {
    files: Vec<File>,
    outlines: Vec<Outline>,
    settings: Arc<Settings>,
    index: Index,
    texts: Texts,
    recent: recent::Recent,
    subpaths: subpaths::Subpaths,
    kinds: Vec<Option<Kind>>,
    asked: asked::Asked,
    targets: Vec<OnceLock<Box<[LinkTarget]>>>,
    backlinks: OnceLock<backlinks::Backlinks>,
    missing: OnceLock<Vec<Missing>>,
    near: OnceLock<near::NearIndex>,
    mentions: OnceLock<mention::MentionIndex>,
    people: OnceLock<people::People>,
    lexicon: OnceLock<facts::VaultLexicon>,
    note_facts: Vec<OnceLock<facts::NoteFacts>>,
    facts: OnceLock<facts::Facts>,
}

impl Vault {
    /// Indexes a vault. `files` are sorted by path; `outlines` has one entry a file, empty for what was not read.
    pub fn new(files: Vec<File>, outlines: Vec<Outline>, settings: Arc<Settings>, texts: Texts) -> Vault {
        debug_assert!(files.is_sorted_by(|a, b| a.path < b.path) && files.len() == outlines.len());
        let kind = |(file, outline): (&File, &Outline)| {
            let is_note = file.path.is_note() && file.contents == Contents::Read;
            is_note.then(|| settings.kind(&file.path, outline)).flatten()
        };
        let kinds = || files.par_iter().zip(&outlines).map(kind).collect();
        let (index, kinds) = rayon::join(|| Index::new(&files), kinds);
        let note_facts = files.iter().map(|_| OnceLock::new()).collect();
        let targets = files.iter().map(|_| OnceLock::new()).collect();
        Vault {
            files,
            outlines,
            settings,
            index,
            texts,
            recent: recent::Recent::new(),
            subpaths: subpaths::Subpaths::default(),
            kinds,
            asked: asked::Asked::default(),
            targets,
            note_facts,
            backlinks: OnceLock::new(),
            missing: OnceLock::new(),
            near: OnceLock::new(),
            mentions: OnceLock::new(),
            people: OnceLock::new(),
            lexicon: OnceLock::new(),
            facts: OnceLock::new(),
        }
    }

    /// Returns the settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns every file in the order of the paths.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (FileId, &File)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId(crate::text::to_u32(index)), file))
    }

    /// Returns the notes and canvases that were read and are checked.
    pub fn checked(&self) -> impl Iterator<Item = FileId> {
        self.files().filter(|(_, file)| file.checked && file.contents == Contents::Read).map(|(id, _)| id)
    }

    /// Returns one file.
    pub fn file(&self, id: FileId) -> &File {
        &self.files[id.index()]
    }

    /// Returns the path of a file.
    pub fn path(&self, id: FileId) -> &VaultPath {
        &self.files[id.index()].path
    }

    /// Returns the outline of a file; empty for an attachment.
    pub fn outline(&self, id: FileId) -> &Outline {
        &self.outlines[id.index()]
    }

    /// Reads the text of a note again. For rules: only in the rare case that the outline cannot answer.
    pub fn text(&self, id: FileId) -> Option<Arc<str>> {
        self.recent.text(id, || (self.texts)(id))
    }

    /// Lays out the text of a note again: its items, paragraphs and regions. For rules: as rarely as the text.
    pub fn body(&self, id: FileId) -> Option<Arc<Body>> {
        self.recent.body(id, || (self.texts)(id), |text| parse::body(self.path(id), text))
    }

    /// Returns what a note is about, if anything speaks for a kind.
    pub fn kind(&self, id: FileId) -> Option<&Kind> {
        self.kinds[id.index()].as_ref()
    }

    /// Returns the file of that exact path (case ignored).
    pub fn by_path(&self, path: &str) -> Option<FileId> {
        self.index.by_path(&self.files, path)
    }

    /// Tells whether any file lies in or below a folder (case counts).
    pub fn has_folder(&self, folder: &str) -> bool {
        let prefix = format!("{}/", folder.trim_matches('/'));
        let first = self.files.partition_point(|file| file.path.as_str() < prefix.as_str());
        self.files.get(first).is_some_and(|file| file.path.as_str().starts_with(&prefix))
    }

    /// Returns another file whose path differs from this one's by case or Unicode form alone.
    pub fn twin(&self, file: FileId) -> Option<FileId> {
        self.index.twin(&self.files, file)
    }

    /// Returns all files whose name without extension is `name` (case ignored) and that are notes.
    pub fn named(&self, name: &str) -> Vec<FileId> {
        self.index.named(&self.files, &format!("{name}.md"))
    }

    /// Returns where a link of `source` leads.
    pub fn resolve(&self, source: FileId, link: &Link) -> Target {
        match self.target(source, link) {
            Some(LinkTarget::MISSING) => Target::Missing,
            Some(LinkTarget::AMBIGUOUS) | None => self.look_up(source, link),
            Some(LinkTarget(file)) => Target::File(FileId(file)),
        }
    }

    /// Returns where a link of a file leads, `None` for a link that is not in its outline. Many rules ask; each link is
    /// looked up once.
    fn target(&self, source: FileId, link: &Link) -> Option<LinkTarget> {
        let number = self.outline(source).links.element_offset(link)?;
        Some(self.targets(source)[number])
    }

    /// Returns where the links of a file lead.
    fn targets(&self, source: FileId) -> &[LinkTarget] {
        let links = || self.outline(source).links.iter();
        self.targets[source.index()]
            .get_or_init(|| links().map(|link| LinkTarget::from(self.look_up(source, link))).collect())
    }

    fn look_up(&self, source: FileId, link: &Link) -> Target {
        let target = self.outline(source).str(link.target);
        self.resolve_text(source, target, link.kind == LinkKind::Canvas)
    }

    /// Looks up all links of some files, on all cores, and tells whether any leads nowhere.
    pub fn look_up_links(&self, of: impl Fn(FileId) -> bool + Sync) -> bool {
        let files = (0..self.files.len()).into_par_iter().map(|index| FileId(crate::text::to_u32(index)));
        let lead_nowhere = files.filter(|file| of(*file)).map(|file| self.leads_nowhere(file));
        lead_nowhere.reduce(|| false, |one, another| one | another)
    }

    /// Tells whether any link of a file leads nowhere.
    fn leads_nowhere(&self, file: FileId) -> bool {
        self.targets(file).contains(&LinkTarget::MISSING)
    }

    /// Returns the file that a link leads to and those it leads past for no better reason than that their paths are longer;
    /// empty where there is no such chance.
    pub fn rivals(&self, source: FileId, link: &Link) -> Vec<FileId> {
        let leads_to_one = |file: FileId| !self.index.is_shared(file);
        if link.kind != LinkKind::Canvas && self.resolve(source, link).file().is_none_or(leads_to_one) {
            return Vec::new();
        }
        resolve::rivals(&self.index, &self.files, source, self.outline(source).str(link.target))
    }

    /// Returns where `target` (without subpath) leads when written in `source`; `exact` asks for whole vault paths alone,
    /// as canvas nodes do.
    pub fn resolve_text(&self, source: FileId, target: &str, exact: bool) -> Target {
        resolve::resolve(&self.index, &self.files, source, target, exact)
    }

    /// Tells whether a link leads nowhere and may be judged: not in generated text, no placeholder of a template, not the
    /// note of a day, which Obsidian makes when the day comes (clause Z8).
    pub fn is_broken(&self, source: FileId, link: &Link) -> bool {
        let leads_somewhere = self.target(source, link).is_some_and(|target| target != LinkTarget::MISSING);
        if leads_somewhere || link.place == LinkPlace::Generated || self.resolve(source, link) != Target::Missing {
            return false;
        }
        let target = self.outline(source).str(link.target);
        !is_template_text(target) && !self.settings.obsidian.is_periodic(target)
    }

    /// Returns the targets that links of checked notes miss, each once, in the order of their first link.
    pub fn missing(&self) -> &[Missing] {
        self.missing.get_or_init(|| missing::all(self))
    }

    /// Returns why no note can ever be what a link leads to, if so; for a link that leads nowhere or to no heading.
    pub fn unusable(&self, source: FileId, link: &Link) -> Option<Unusable> {
        missing::unusable(self, source, link)
    }

    /// Tells whether a link that is made to lead to `target` by the name `written` would be taken for one to another note,
    /// whose name goes on behind the `#`.
    pub fn is_taken_for_another(&self, source: FileId, link: &Link, target: FileId, written: &str) -> bool {
        missing::beyond_hash(self, source, link, || written).is_some()
            && self.subpath(link, source, target) != Subpath::Found
    }

    /// Tells whether the subpath of a link exists in the file it leads to; `NotJudged` where that is not known.
    pub fn subpath(&self, link: &Link, source: FileId, target: FileId) -> Subpath {
        self.subpath_of(target, self.outline(source).str(link.subpath))
    }

    /// Tells whether `subpath` (from its first `#`) exists in a file.
    pub fn subpath_of(&self, target: FileId, subpath: &str) -> Subpath {
        self.subpaths.judge(target, self.file(target), self.outline(target), subpath)
    }

    /// Returns the links that lead to a file, as source and index of the link in its outline, sources in order.
    pub fn backlinks(&self, id: FileId) -> &[(FileId, u32)] {
        self.backlinks.get_or_init(|| backlinks::Backlinks::new(self)).of(id)
    }

    /// Tells whether one file has a link to another.
    pub fn has_link(&self, source: FileId, target: FileId) -> bool {
        self.targets(source).iter().any(|link| link.file() == Some(target))
    }

    /// Returns the shortest text that leads from `source` to `target`: the bare name if that resolves to it, else the vault
    /// path; without `.md`.
    pub fn link_text(&self, source: FileId, target: FileId) -> String {
        let path = self.path(target);
        let short = if path.is_note() { path.stem() } else { path.file_name() };
        let leads = |text: &str| self.resolve_text(source, text, false) == Target::File(target);
        let whole = if path.is_note() { &path.as_str()[..path.as_str().len() - 3] } else { path.as_str() };
        [short, whole].into_iter().find(|text| leads(text)).unwrap_or(path.as_str()).to_owned()
    }

    /// Returns the files that a missing target most likely means, likeliest first, three at most.
    pub fn nearest(&self, source: FileId, target: &str) -> Vec<Near> {
        self.near_index().nearest(self, source, target)
    }

    /// Returns the notes that have `name` as an alias (case ignored).
    pub fn with_alias(&self, name: &str) -> Vec<FileId> {
        self.near_index().with_alias(self, name)
    }

    /// Returns the headings of a file that a subpath most likely means, likeliest first, three at most, as texts that a link
    /// can hold.
    pub fn nearest_headings(&self, file: FileId, subpath: &str) -> Vec<String> {
        near_heading::nearest(self, file, subpath)
    }

    /// Returns the block ids of a file that `id` most likely means, likeliest first, three at most.
    pub fn nearest_block_ids(&self, file: FileId, id: &str) -> Vec<&str> {
        near_heading::nearest_block_ids(self, file, id)
    }

    /// Returns where the text of a note names other notes, links left out.
    pub fn mentions(&self, file: FileId) -> Vec<Mention> {
        self.mentions.get_or_init(|| mention::MentionIndex::new(self)).in_note(self, file)
    }

    /// Returns the registry of people and organisations.
    pub fn people(&self) -> &people::People {
        self.people.get_or_init(|| people::People::new(self))
    }

    /// Returns which words the vault uses as names.
    pub fn lexicon(&self) -> &facts::VaultLexicon {
        self.lexicon.get_or_init(|| facts::VaultLexicon::new(self))
    }

    /// Prepares what [`Vault::lexicon`] returns, on all cores. When that has to make it itself, it uses one: a thread that waits
    /// for others while the place is locked may be given work that asks for the same.
    pub(crate) fn prepare_lexicon(&self) {
        if self.lexicon.get().is_none() {
            // Another thread may have been faster, with the same.
            _ = self.lexicon.set(facts::VaultLexicon::in_parallel(self));
        }
    }

    /// Returns what the facts of one note are to each other.
    pub fn note_facts(&self, file: FileId) -> &facts::NoteFacts {
        self.note_facts[file.index()].get_or_init(|| facts::NoteFacts::new(self, file))
    }

    /// Returns what the facts of different notes are to each other.
    pub fn facts(&self) -> &facts::Facts {
        self.facts.get_or_init(|| facts::Facts::new(self))
    }

    /// Returns what the comparison of facts left out; `None` if facts were not compared.
    pub fn capped_facts(&self) -> Option<facts::Capped> {
        self.facts.get().map(|facts| facts.capped)
    }

    /// Returns how many groups of like names were too large to be compared; `None` if names were not compared.
    pub fn capped_names(&self) -> Option<usize> {
        self.people.get().map(people::People::crowded_blocks)
    }

    /// Prepares the names of all files for [`Vault::nearest`], which does it else when it is first asked.
    pub(crate) fn near_index(&self) -> &near::NearIndex {
        self.near.get_or_init(|| near::NearIndex::new(self))
    }
}
