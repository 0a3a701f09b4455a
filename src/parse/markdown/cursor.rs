//! A place on one line, counted in bytes and in columns, with tabs as CommonMark reads them.

/// Where a tab leads.
const TAB_STOP: usize = 4;

/// Walks over the marks at the beginning of a line; all offsets are those of the whole text.
pub(super) struct Cursor<'t> {
    /// The text up to the end of the line, without its ending.
    pub bytes: &'t [u8],
    pub offset: usize,
    column: usize,
    /// The first byte at or after `offset` that is neither space nor tab.
    pub first: usize,
    first_column: usize,
    /// Columns from `offset` to `first`.
    pub indent: usize,
    /// Nothing but white space follows.
    pub blank: bool,
}

impl<'t> Cursor<'t> {
    /// Stands at the beginning of a line; `bytes` ends where the line ends.
    pub fn new(bytes: &'t [u8], start: usize) -> Cursor<'t> {
        let mut cursor =
            Cursor { bytes, offset: start, column: 0, first: start, first_column: 0, indent: 0, blank: false };
        cursor.look();
        cursor
    }

    /// Returns the byte that is `ahead` of the first one that is no white space; 0 behind the end of the line.
    pub fn byte(&self, ahead: usize) -> u8 {
        self.bytes.get(self.first + ahead).copied().unwrap_or(0)
    }

    /// Returns the line from its first byte that is no white space.
    pub fn rest(&self) -> &'t [u8] {
        &self.bytes[self.first..]
    }

    /// Returns the end of the line.
    pub fn end(&self) -> usize {
        self.bytes.len()
    }

    /// Walks `count` columns; a tab may be left half walked.
    pub fn advance_columns(&mut self, mut count: usize) {
        while count > 0 && self.offset < self.bytes.len() {
            let width = if self.bytes[self.offset] == b'\t' { TAB_STOP - self.column % TAB_STOP } else { 1 };
            self.column += width.min(count);
            if width <= count {
                self.offset += 1;
            }
            count -= width.min(count);
        }
        self.look();
    }

    /// Walks to the first byte that is no white space, and `count` bytes further.
    pub fn advance_past(&mut self, count: usize) {
        self.offset = self.first + count;
        self.column = self.first_column + count;
        self.look();
    }

    /// Walks over one space or tab column, if there is one.
    pub fn skip_space(&mut self) {
        if matches!(self.bytes.get(self.offset), Some(b' ' | b'\t')) {
            self.advance_columns(1);
        }
    }

    fn look(&mut self) {
        (self.first, self.first_column) = (self.offset, self.column);
        loop {
            match self.bytes.get(self.first) {
                Some(b' ') => self.first_column += 1,
                Some(b'\t') => self.first_column += TAB_STOP - self.first_column % TAB_STOP,
                _ => break,
            }
            self.first += 1;
        }
        self.indent = self.first_column - self.column;
        self.blank = self.first >= self.bytes.len();
    }
}
