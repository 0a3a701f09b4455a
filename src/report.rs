//! Writes findings in the format that is asked for.
