//! Searches over NAS-Bench-201 with its known accuracies, and over listed cells: what every run must keep to.

use cellscope::{
    known::KnownTable,
    method::{Evaluator, Proxy, Settings},
    search::{
        ColumnGuide, Event, Guide, Landscape, Method, Move, Options, ProxyGuide, Row, Run, Scores,
        SearchError,
    },
    space::{self, Cell},
    stats::Better,
};
use std::{collections::HashSet, sync::LazyLock};

static TABLE: LazyLock<KnownTable> =
    LazyLock::new(|| KnownTable::read(include_bytes!("../../www/data/nasbench201.known")).unwrap());
static LANDSCAPE: LazyLock<Landscape> = LazyLock::new(|| {
    let space = space::find("nasbench201").unwrap();
    Landscape::of_space(space, column("cifar10valid_val_acc"), Better::Larger).unwrap()
});

fn column(id: &str) -> &'static [f64] {
    TABLE.column(id).unwrap()
}

/// Parameters, with every seventh undefined.
fn params() -> Vec<f64> {
    let params = column("params_m");
    params.iter().enumerate().map(|(cell, &value)| if cell % 7 == 0 { f64::NAN } else { value }).collect()
}

fn rows(options: &Options, scores: Option<&[f64]>, seed: u64, run: u64) -> Vec<Row> {
    let mut guide = scores.map(|scores| ColumnGuide { scores, better: Better::Larger });
    let guide = guide.as_mut().map(|guide| guide as &mut dyn Guide);
    Run::new(&LANDSCAPE, options, seed, run).unwrap().rows(&LANDSCAPE, guide).unwrap()
}

/// All ways to search, small.
fn all_options() -> Vec<Options> {
    let mut all = Vec::new();
    for method in Method::ALL {
        for warmup in [0, 20, 500] {
            for guided_move in [None, Some(Move::Parent), Some(Move::Children)] {
                if method == Method::Random && guided_move.is_some() {
                    continue;
                }
                let options = Options::new(method);
                all.push(Options { budget: 150, warmup, guided_move, population: 32, ..options });
            }
        }
    }
    all
}

fn text(cell: u32) -> String {
    LANDSCAPE.read(cell, |cell| cell.text()).unwrap()
}

/// Whether two cells differ in one operation, by their texts.
fn is_one_edit(a: u32, b: u32) -> bool {
    let (a, b) = (text(a), text(b));
    a.split('|').zip(b.split('|')).filter(|(a, b)| a != b).count() == 1
}

#[test]
fn runs_have_exactly_as_many_rows_as_the_budget_and_replay() {
    let params = params();
    for options in all_options() {
        let first = rows(&options, Some(&params), 5, 2);
        assert_eq!(first.len(), options.budget, "{options:?}");
        let mut best = f64::NEG_INFINITY;
        for (place, row) in first.iter().enumerate() {
            assert_eq!(row.step, place + 1);
            assert_eq!(row.accuracy, column("cifar10valid_val_acc")[row.cell as usize]);
            assert_eq!(row.score.to_bits(), params[row.cell as usize].to_bits());
            best = best.max(row.accuracy);
            assert_eq!(row.best, best);
        }
        let cells = |rows: &[Row]| rows.iter().map(|row| row.cell).collect::<Vec<_>>();
        assert_eq!(cells(&first), cells(&rows(&options, Some(&params), 5, 2)), "{options:?}");
        for (seed, run) in [(6, 2), (5, 1)] {
            assert_ne!(cells(&first), cells(&rows(&options, Some(&params), seed, run)), "{options:?}");
        }
    }
}

#[test]
fn the_first_cells_do_not_depend_on_the_method() {
    let starts = Method::ALL.map(|method| {
        let first = rows(&Options { budget: 64, ..Options::new(method) }, None, 3, 0);
        assert!(first.iter().all(|row| row.score.is_nan()), "there is no guide");
        first[0].cell
    });
    assert!(starts.iter().all(|&start| start == starts[0]));
}

#[test]
fn random_search_of_everything_finds_the_optimum() {
    let options = Options { budget: 15_625, ..Options::new(Method::Random) };
    let all = rows(&options, None, 1, 0);
    let mut cells: Vec<u32> = all.iter().map(|row| row.cell).collect();
    cells.sort_unstable();
    assert!(cells.into_iter().eq(0..15_625), "each cell once");
    let (cell, accuracy) = LANDSCAPE.optimum();
    let best = column("cifar10valid_val_acc").iter().copied().fold(f64::NEG_INFINITY, f64::max);
    assert_eq!((accuracy, all[15_624].best), (best, best));
    assert_eq!(LANDSCAPE.accuracy(cell), best);
    // Local search of everything as well: it looks at no cell twice.
    let all = rows(&Options { budget: 15_625, ..Options::new(Method::LocalSearch) }, None, 1, 0);
    assert_eq!((all.len(), all[15_624].best), (15_625, best));
}

#[test]
fn a_warm_up_begins_with_the_best_by_the_proxy() {
    let params = params();
    // Of all cells: the order is that of the whole column, undefined ones last.
    let everything = Options { budget: 15_625, warmup: 15_625, ..Options::new(Method::Random) };
    let all = rows(&everything, Some(&params), 9, 0);
    let undefined = params.iter().filter(|score| score.is_nan()).count();
    let (defined, last) = all.split_at(15_625 - undefined);
    assert!(defined.windows(2).all(|pair| pair[0].score >= pair[1].score));
    assert!(last.iter().all(|row| row.score.is_nan()));

    for method in [Method::Random, Method::AgeingEvolution] {
        // Of 1,000: the first 64 are the best 64 of the cells that random search of 1,000 draws.
        let options = Options { budget: 64, warmup: 1000, ..Options::new(method) };
        let drawn = rows(&Options { budget: 1000, ..Options::new(Method::Random) }, Some(&params), 9, 0);
        let mut best: Vec<f64> = drawn.iter().map(|row| row.score).filter(|score| !score.is_nan()).collect();
        best.sort_by(|a, b| b.total_cmp(a));
        let chosen: Vec<f64> = rows(&options, Some(&params), 9, 0).iter().map(|row| row.score).collect();
        assert_eq!(chosen, best[..64], "{method:?}");
    }
    // Smaller is better.
    let mut guide = ColumnGuide { scores: &params, better: Better::Smaller };
    let run = Run::new(&LANDSCAPE, &everything, 9, 0).unwrap();
    let all = run.rows(&LANDSCAPE, Some(&mut guide)).unwrap();
    assert!(all[..100].windows(2).all(|pair| pair[0].score <= pair[1].score));
    assert!(all[15_624].score.is_nan());
}

/// Tells each row after the initial population with the members that were alive, the oldest first.
fn for_each_child(rows: &[Row], population: usize, mut check: impl FnMut(&[Row], &Row)) {
    for place in population..rows.len() {
        check(&rows[place - population..place], &rows[place]);
    }
}

/// The best by a value, of equal ones the youngest; NaN is worst.
fn best_member(members: &[Row], value: impl Fn(&Row) -> f64) -> u32 {
    let value = |row: &Row| if value(row).is_nan() { f64::NEG_INFINITY } else { value(row) };
    members.iter().max_by(|a, b| value(a).total_cmp(&value(b))).unwrap().cell
}

#[test]
fn children_are_one_edit_from_their_parent() {
    let params = params();
    for guided_move in [None, Some(Move::Parent), Some(Move::Children)] {
        let ageing = Options { guided_move, ..Options::new(Method::AgeingEvolution) };
        for_each_child(&rows(&ageing, Some(&params), 4, 0), 64, |alive, child| {
            assert!(alive.iter().any(|member| is_one_edit(member.cell, child.cell)));
        });
        // Everyone takes part: the parent is known.
        let ageing = Options { population: 20, tournament: 20, budget: 400, candidates: 24, ..ageing };
        for_each_child(&rows(&ageing, Some(&params), 4, 1), 20, |alive, child| {
            let parent = match guided_move {
                Some(Move::Parent) => best_member(alive, |row| row.score),
                _ => best_member(alive, |row| row.accuracy),
            };
            assert!(is_one_edit(parent, child.cell), "{guided_move:?}");
            if guided_move == Some(Move::Children) {
                // All 24 are candidates: it is the best of them.
                let scores = LANDSCAPE.neighbours(parent).iter().map(|&cell| params[cell as usize]);
                assert_eq!(child.score, scores.fold(f64::NAN, f64::max));
            }
        });
    }
}

#[test]
fn mutations_are_uniform() {
    // A population of one walks at random.
    let walk =
        Options { population: 1, tournament: 1, budget: 24_001, ..Options::new(Method::AgeingEvolution) };
    let mut counts = [0_u32; 24];
    for_each_child(&rows(&walk, None, 8, 0), 1, |alive, child| {
        let place = LANDSCAPE.neighbours(alive[0].cell).iter().position(|&cell| cell == child.cell).unwrap();
        counts[place] += 1;
    });
    // χ² with 23 degrees of freedom: 49.7 is the 0.1 % point.
    let chi2: f64 = counts.iter().map(|&count| (f64::from(count) - 1e3).powi(2) / 1e3).sum();
    assert!(chi2 < 49.7, "{chi2} {counts:?}");
}

/// Where a climb may stand that stood at `cells`: it goes on to better neighbours that it has seen for nothing.
fn climbed(cells: Vec<u32>, seen: &HashSet<u32>) -> Vec<u32> {
    let mut found = cells;
    let mut next = 0;
    while let Some(&here) = found.get(next) {
        for &cell in LANDSCAPE.neighbours(here) {
            let is_better = LANDSCAPE.accuracy(cell) > LANDSCAPE.accuracy(here);
            if seen.contains(&cell) && is_better && !found.contains(&cell) {
                found.push(cell);
            }
        }
        next += 1;
    }
    found
}

#[test]
fn local_search_climbs_and_starts_again_on_the_top() {
    let params = params();
    let worth =
        |cell: u32| if params[cell as usize].is_nan() { f64::NEG_INFINITY } else { params[cell as usize] };
    for guided_move in [None, Some(Move::Children)] {
        let options = Options { budget: 2000, guided_move, ..Options::new(Method::LocalSearch) };
        let all = rows(&options, Some(&params), 2, 0);
        let mut seen = HashSet::from([all[0].cell]);
        let mut here = vec![all[0].cell];
        let mut tops = 0;
        for row in &all[1..] {
            let in_order = |cell: u32| {
                let left = LANDSCAPE.neighbours(cell).iter().filter(|other| !seen.contains(other));
                guided_move.is_none() || left.into_iter().all(|&other| worth(other) <= worth(row.cell))
            };
            let from = |&&cell: &&u32| LANDSCAPE.neighbours(cell).contains(&row.cell) && in_order(cell);
            let is_top = |&cell: &u32| {
                let neighbours = LANDSCAPE.neighbours(cell);
                neighbours
                    .iter()
                    .all(|c| seen.contains(c) && LANDSCAPE.accuracy(*c) <= LANDSCAPE.accuracy(cell))
            };
            let step = |&cell: &u32| if row.accuracy > LANDSCAPE.accuracy(cell) { row.cell } else { cell };
            let mut places: Vec<u32> = here.iter().filter(from).map(step).collect();
            if here.iter().any(is_top) {
                tops += usize::from(places.is_empty());
                places.push(row.cell);
            }
            assert!(!places.is_empty(), "neither a neighbour in its turn, nor a start after a top: {row:?}");
            assert!(seen.insert(row.cell), "looked up twice");
            here = climbed(places, &seen);
        }
        assert!(tops > 5, "{tops}");
    }
}

#[test]
fn unknown_accuracies_are_never_looked_up() {
    let space = space::find("nasbench201").unwrap();
    let mut accuracy = column("cifar10_test_acc").to_vec();
    accuracy.iter_mut().step_by(2).for_each(|value| *value = f64::NAN);
    let landscape = Landscape::of_space(space, &accuracy, Better::Larger).unwrap();
    for options in all_options() {
        let mut guide = ColumnGuide { scores: &params(), better: Better::Larger };
        let run = Run::new(&landscape, &options, 1, 1).unwrap();
        for row in run.rows(&landscape, Some(&mut guide)).unwrap() {
            assert!(row.cell % 2 == 1 && !row.accuracy.is_nan());
        }
    }
    let too_many = Options { budget: 7813, ..Options::new(Method::Random) };
    let error = Run::new(&landscape, &too_many, 0, 0).unwrap_err();
    assert_eq!(error.to_string(), "the budget must be 1 to 7812 (the cells of known accuracy), not 7813");
}

#[test]
fn listed_cells_of_a_space_that_cannot_be_counted() {
    let space = space::find("nasbench101").unwrap();
    // A cell, its neighbours and theirs: one connected part of the space, one a hash.
    let mut cells: Vec<Box<dyn Cell>> = space.sample(1, 4);
    let mut hashes = HashSet::from([cells[0].canonical()]);
    let mut next = 0;
    while cells.len() < 300 {
        let neighbours = cells[next].neighbours();
        cells.extend(neighbours.into_iter().filter(|cell| hashes.insert(cell.canonical())));
        next += 1;
    }
    let accuracy: Vec<f64> = (0..cells.len()).map(|cell| (cell * 31 % 97) as f64).collect();
    let texts: Vec<String> = cells.iter().map(|cell| cell.text()).collect();
    let landscape = Landscape::of_cells(cells, &accuracy, Better::Smaller).unwrap();
    assert_eq!(landscape.optimum().1, 0.0);
    for method in Method::ALL {
        let options = Options { budget: 200, population: 16, tournament: 4, ..Options::new(method) };
        let rows = Run::new(&landscape, &options, 7, 0).unwrap().rows(&landscape, None).unwrap();
        assert_eq!(rows.len(), 200);
        let mut best = f64::INFINITY;
        for row in &rows {
            best = best.min(row.accuracy);
            assert_eq!((row.best, row.accuracy), (best, accuracy[row.cell as usize]));
            assert!(landscape.read(row.cell, |cell| cell.text() == texts[row.cell as usize]).unwrap());
        }
        if method == Method::AgeingEvolution {
            for_each_child(&rows, 16, |alive, child| {
                assert!(alive.iter().any(|member| landscape.neighbours(member.cell).contains(&child.cell)));
            });
        }
    }
    // Genotypes have no neighbours: there is nothing to mutate into.
    let cells = space::find("nds-darts").unwrap().sample(50, 1);
    let landscape = Landscape::of_cells(cells, &accuracy[..50], Better::Larger).unwrap();
    let new = |method| {
        Run::new(
            &landscape,
            &Options { budget: 50, population: 8, tournament: 4, ..Options::new(method) },
            0,
            0,
        )
    };
    assert_eq!(new(Method::Random).unwrap().rows(&landscape, None).unwrap().len(), 50);
    assert_eq!(new(Method::AgeingEvolution).unwrap_err(), SearchError::NoNeighbours);
}

#[test]
fn a_cell_without_known_neighbours_has_a_random_child() {
    let space = space::find("nasbench201").unwrap();
    let mut accuracy = vec![f64::NAN; 15_625];
    // Two neighbours and 20 hermits.
    let pair = [0, LANDSCAPE.neighbours(0)[0]];
    let hermits =
        (1..15_625).filter(|&cell| !pair.contains(&cell) && !pair.iter().any(|&p| is_one_edit(p, cell)));
    let mut known = pair.to_vec();
    for cell in hermits {
        if known.len() < 22 && known.iter().all(|&other| !is_one_edit(other, cell)) {
            known.push(cell);
        }
    }
    // The hermits are better, so that they are parents.
    known.iter().for_each(|&cell| accuracy[cell as usize] = f64::from(u8::from(!pair.contains(&cell))));
    let landscape = Landscape::of_space(space, &accuracy, Better::Larger).unwrap();
    let options =
        Options { budget: 500, population: 4, tournament: 2, ..Options::new(Method::AgeingEvolution) };
    let rows = Run::new(&landscape, &options, 0, 0).unwrap().rows(&landscape, None).unwrap();
    let reached: HashSet<u32> = rows.iter().map(|row| row.cell).collect();
    assert_eq!((rows.len(), reached.len()), (500, 22));
}

#[test]
fn scores_are_computed_when_they_are_needed() {
    let space = space::find("nasbench201").unwrap();
    let scores = Scores::new(LANDSCAPE.cells());
    let evaluator = Evaluator::new(Settings::default());
    let mut guide = ProxyGuide::new(space, degree(), evaluator, scores.clone());
    let options = Options { budget: 40, warmup: 100, ..Options::new(Method::Random) };
    let mut run = Run::new(&LANDSCAPE, &options, 0, 0).unwrap();
    for warmed in 1..=100 {
        assert_eq!(run.step(&LANDSCAPE, Some(&mut guide)).unwrap(), Some(Event::Warmed(warmed)));
    }
    let computed = |scores: &Scores| (0..15_625).filter(|&cell| scores.get(cell).is_some()).count();
    assert_eq!(computed(&scores), 100);
    let rows = run.rows(&LANDSCAPE, Some(&mut guide)).unwrap();
    assert_eq!((rows.len(), computed(&scores)), (40, 100));
    let mut evaluator = Evaluator::new(Settings::default());
    for row in &rows {
        let score = LANDSCAPE.read(row.cell, |cell| evaluator.values(space, cell, &[degree()]).unwrap()[0]);
        assert_eq!(score, Some(row.score));
    }
}

#[test]
fn options_that_do_not_fit_are_refused() {
    let refused =
        |options: Options, has_guide: bool| options.check(&LANDSCAPE, has_guide).unwrap_err().to_string();
    let [random, ageing, local] = Method::ALL.map(Options::new);
    let known = "(the cells of known accuracy)";
    assert_eq!(
        refused(Options { budget: 0, ..random }, false),
        format!("the budget must be 1 to 15625 {known}, not 0")
    );
    assert!(refused(Options { budget: 15_626, ..local }, false).contains("15626"));
    assert!(refused(Options { budget: 100_001, ..ageing }, false).contains("1 to 100000"));
    assert!(Options { budget: 20_000, ..ageing }.check(&LANDSCAPE, false).is_ok());
    assert_eq!(refused(Options { warmup: 10, ..random }, false), "a warm-up needs a proxy as guide");
    assert!(refused(Options { warmup: 15_626, ..random }, true).contains("warm-up must be 0 to 15625"));
    let moved = |options: Options| Options { guided_move: Some(Move::Parent), ..options };
    assert_eq!(refused(moved(random), true), "random search makes no moves");
    assert_eq!(refused(moved(ageing), false), "a move needs a proxy as guide");
    assert!(refused(Options { candidates: 0, ..moved(ageing) }, true).contains("candidates"));
    assert_eq!(
        refused(Options { budget: 50, ..ageing }, false),
        "the population must be 1 to 50 (the budget), not 64"
    );
    assert_eq!(
        refused(Options { tournament: 65, ..ageing }, false),
        "the tournament must be 1 to 64 (the population), not 65"
    );
    assert!(refused(Options { population: 0, ..ageing }, false).contains("population"));
    assert!(refused(Options { tournament: 0, ..ageing }, false).contains("tournament"));
    // A guide that turns out to be missing is an error, not a panic.
    let warm = Options { warmup: 10, ..random };
    let run = Run::new(&LANDSCAPE, &warm, 0, 0).unwrap();
    assert_eq!(run.rows(&LANDSCAPE, None).unwrap_err(), SearchError::NoGuide { what: "warm-up" });

    let space = space::find("nasbench201").unwrap();
    let error = |accuracy: &[f64]| Landscape::of_space(space, accuracy, Better::Larger).err().unwrap();
    assert_eq!(error(&[1.0]), SearchError::Length { expected: 15_625, found: 1 });
    assert_eq!(error(&[f64::NAN; 15_625]), SearchError::NothingKnown);
    let space = space::find("nasbench101").unwrap();
    let error = Landscape::of_space(space, &[], Better::Larger).err().unwrap();
    assert_eq!(error, SearchError::Uncountable { space: "nasbench101" });
    assert_eq!(
        Landscape::of_cells(Vec::new(), &[], Better::Larger).err().unwrap(),
        SearchError::NothingKnown
    );
}

fn degree() -> Proxy {
    Proxy::find("average_degree").unwrap()
}
