//! Which headings of a note are about which thing: what stands below two of them may be said of two things.

use super::VaultLexicon;
use super::within::Read;
use crate::language::fact::{Anchor, HeadingWord, Lexicon, Relation, heading_word};
use crate::note::{Fact, Heading, Outline};
use crate::text::{each_lacks_one, to_u32, words};
use std::cell::OnceCell;

/// Of a longer heading so many letters are looked at.
const MOST_OF_HEADING: usize = 200;

/// The headings of one note.
pub(super) struct Sections<'v> {
    outline: &'v Outline,
    lexicon: &'v VaultLexicon,
    /// The note is of a known kind, hence about one thing.
    has_subject: bool,
    /// Found when it is first asked.
    tree: OnceCell<Tree>,
}

/// The headings above a fact in lower case, innermost first, without the note's title.
type Path = Vec<String>;

impl<'v> Sections<'v> {
    pub fn new(outline: &'v Outline, lexicon: &'v VaultLexicon, has_subject: bool) -> Sections<'v> {
        Sections { outline, lexicon, has_subject, tree: OnceCell::new() }
    }

    /// Tells whether two facts of that relation are said of one thing, as far as their places show. What the heading says is part
    /// of what stands below it (`Owner: Ada`), and a step that stands twice is done twice.
    pub fn are_of_one_thing(&self, relation: Relation, one: (&Fact, &Read), another: (&Fact, &Read)) -> bool {
        let is_same = matches!(relation, Relation::Equal | Relation::Near);
        if one.0.heading == another.0.heading && !is_same {
            return true;
        }
        let (path, other) = (self.path(one.0), self.path(another.0));
        let (one, another) = (one.1, another.1);
        let is_step = |path: &Path| path.iter().any(|heading| are_steps(heading));
        let is_label = |read: &Read| read.statement.is_label();
        let is_either = if is_same { is_step(&path) || is_step(&other) } else { is_label(one) || is_label(another) };
        let names_something = |read: &Read| read.signature.brief.anchor != Anchor::None;
        let both_name = !is_same && names_something(one) && names_something(another);
        !is_either && self.are_below_one((&path, one), (&other, another), both_name)
    }

    /// Of one thing is what stands below a heading that takes anything (`Notes`) or that says no more than the fact does; and in a
    /// note of a known kind, which is about one thing, what is no part of it by its headings. Elsewhere what is told must name it.
    fn are_below_one(&self, one: (&Path, &Read), another: (&Path, &Read), names_it: bool) -> bool {
        let same = one.0.iter().zip(another.0).take_while(|(one, another)| one == another).count();
        let (path, other) = (&one.0[same..], &another.0[same..]);
        if path.is_empty() && other.is_empty() {
            return true;
        }
        let says_no_more = |(path, read): (&Path, &Read)| path.iter().all(|heading| is_said(heading, read));
        let are_sections = |path: &[String]| path.iter().all(|heading| is_section(heading));
        let is_named = || one.1.statement.is_sentence() && one.1.signature.brief.anchor == Anchor::Strong;
        let may_be_one = || are_sections(path) || are_sections(other) || is_named();
        let is_one = says_no_more(one) || says_no_more(another) || (self.has_subject || names_it) && may_be_one();
        is_one && !self.are_two(path, other)
    }

    /// Tells whether the innermost of two rows of headings name two things: `Ada`, `Clara`; `Week 10`, `Week 11`; `Plan A`,
    /// `Plan B`.
    fn are_two(&self, path: &[String], other: &[String]) -> bool {
        let (Some(one), Some(another)) = (path.first(), other.first()) else { return false };
        let is_number = |word: &&str| word.starts_with(|first: char| first.is_ascii_digit());
        let is_name = |word: &&str| word.len() > 1 && self.lexicon.is_name(word) == Some(true);
        let names = |heading| words(heading).filter(|word| is_number(word) || is_name(word)).collect::<Vec<&str>>();
        let telling = |heading| words(heading).filter(|word| !is_section(word)).collect::<Vec<&str>>();
        let share_a_word = || words(one).any(|word| !is_small(word) && words(another).any(|other| word == other));
        each_lacks_one(&names(one), &names(another))
            || share_a_word() && each_lacks_one(&telling(one), &telling(another))
    }

    fn path(&self, fact: &Fact) -> Path {
        let headings = &self.outline.headings;
        let tree = self.tree.get_or_init(|| Tree::of(headings));
        let known = |number: u32| Some(number).filter(|number| *number > 0);
        let numbers = std::iter::successors(known(fact.heading), |number| known(tree.parents[*number as usize - 1]));
        let text = |number: u32| self.outline.str(headings[number as usize - 1].text());
        let path = numbers.filter(|number| *number > 1 || !tree.has_title).map(text);
        path.map(|heading| heading.chars().take(MOST_OF_HEADING).collect::<String>().to_lowercase()).collect()
    }
}

/// How the headings of a note stand below each other.
struct Tree {
    /// The number of the last heading of a higher rank before each, from 1; 0 for none.
    parents: Vec<u32>,
    /// The first heading is the title: it is one of several, and all others stand below it.
    has_title: bool,
}

impl Tree {
    fn of(headings: &[Heading]) -> Tree {
        let mut open: Vec<(u8, u32)> = Vec::new();
        let parent = |(index, heading): (usize, &Heading)| {
            while open.pop_if(|(level, _)| *level >= heading.level).is_some() {}
            let parent = open.last().map_or(0, |(_, number)| *number);
            open.push((heading.level, to_u32(index + 1)));
            parent
        };
        let parents: Vec<u32> = headings.iter().enumerate().map(parent).collect();
        let has_title = parents.len() > 1 && !parents[1..].contains(&0);
        Tree { parents, has_title }
    }
}

/// Tells whether a heading says no more than the fact below it does: it takes anything, or the fact begins with it.
fn is_said(heading: &str, read: &Read) -> bool {
    let says_nothing = |word| is_small(word) || heading_word(word) == Some(HeadingWord::Anything);
    words(heading).all(says_nothing) || read.statement.begins_with(heading)
}

/// Tells whether things are done below a heading one after the other; `Next steps` are no such thing.
fn are_steps(heading: &str) -> bool {
    has_word(heading, HeadingWord::Step) && !has_word(heading, HeadingWord::Section)
}

/// Tells whether a heading says what sort of things stand below it.
fn is_section(heading: &str) -> bool {
    has_word(heading, HeadingWord::Section) || has_word(heading, HeadingWord::Anything) || words(heading).all(is_small)
}

fn is_small(word: &str) -> bool {
    heading_word(word) == Some(HeadingWord::Small)
}

fn has_word(heading: &str, sort: HeadingWord) -> bool {
    words(heading).any(|word| heading_word(word) == Some(sort))
}
