//! Does the same for many files at once: most of the time goes into waiting for the disk, and a file system brings all
//! that wait at one moment to the disk in one go.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// More waiting threads gain little on any disk.
const MOST_THREADS: usize = 32;

/// Does `work` for each number below `count`; results in order.
pub(super) fn side_by_side<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let numbers =
            std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)).filter(|number| *number < count));
        numbers.map(|number| (number, work(number))).collect::<Vec<_>>()
    };
    let mut done = thread::scope(|scope| {
        let others = 1..count.min(MOST_THREADS);
        // Where the system gives no further thread, this one does all.
        let others: Vec<_> = others.map_while(|_| thread::Builder::new().spawn_scoped(scope, worker).ok()).collect();
        let own = worker();
        let theirs =
            others.into_iter().map(|other| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        std::iter::once(own).chain(theirs).flatten().collect::<Vec<_>>()
    });
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::side_by_side;

    #[test]
    fn results_are_in_order() {
        for count in [0, 1, 2, 1000] {
            assert_eq!(
                side_by_side(count, |number| number * 2),
                (0..count).map(|number| number * 2).collect::<Vec<_>>()
            );
        }
    }
}
