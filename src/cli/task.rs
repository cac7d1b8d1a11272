//! TransNAS-Bench-101: targets are of seven tasks, the network that is scored is of one.

use super::{
    names::{Column, Source},
    progress,
};
use cellscope::{
    method::{Depends, Settings},
    space::{Space, Task},
};

/// Says, in one line, which network is scored where a target is of another task than that.
pub fn note_other_tasks(space: &dyn Space, settings: &Settings, proxies: &[&Column], targets: &[&Column]) {
    // Tables have their own networks, and TG-NAS reads the cell alone.
    let builds = |proxy: &&Column| matches!(proxy.source, Source::Computed(proxy) if proxy.method.depends().contains(&Depends::Surrogate));
    if !space.options().contains(&"task") || !proxies.iter().any(|proxy| builds(proxy)) {
        return;
    }
    if let Some(words) =
        other_tasks(settings.surrogate.task, targets.iter().map(|target| target.name.as_str()))
    {
        progress::message(&words);
    }
}

/// The line for a network of `scored`; `None` where all targets are of that task.
fn other_tasks<'a>(scored: Task, targets: impl Iterator<Item = &'a str>) -> Option<String> {
    let targets: Vec<&str> = targets.collect();
    let is_target = |task: &Task| targets.iter().any(|target| target.starts_with(task.name()));
    let others: Vec<Task> =
        Task::ALL.into_iter().filter(|&task| task != scored && is_target(&task)).collect();
    let names = |kind: &dyn Fn(Task) -> bool, words: &str| {
        let names: Vec<&str> = others.iter().filter(|&&task| kind(task)).map(|task| task.name()).collect();
        (!names.is_empty()).then(|| format!("{words} {}", names.join(", ")))
    };
    let parts: Vec<String> = [
        names(
            &|task| task.is_defined() && task.shares_network(scored),
            "which NASGraph uses for this task too:",
        ),
        names(
            &|task| task.is_defined() && !task.shares_network(scored),
            "not that of the target's task (see --task):",
        ),
        names(&|task| !task.is_defined(), "and NASGraph defines none for the target's task:"),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty())
        .then(|| format!("note: the network scored is that of task {scored}, {}", parts.join("; ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_which_network_was_scored() {
        let words = |scored, targets: &[&str]| other_tasks(scored, targets.iter().copied());
        assert_eq!(words(Task::ClassObject, &["class_object_test_top1", "class_object_valid_top1"]), None);
        assert_eq!(words(Task::Normal, &["normal_test_ssim"]), None);
        let same = words(Task::ClassObject, &["class_scene_test_top1", "class_scene_valid_top1"]).unwrap();
        assert!(
            same.ends_with("task class_object, which NASGraph uses for this task too: class_scene"),
            "{same}"
        );
        let other = words(Task::ClassObject, &["segmentsemantic_test_mIoU"]).unwrap();
        assert!(other.ends_with("not that of the target's task (see --task): segmentsemantic"), "{other}");
        let all =
            words(Task::Normal, &["autoencoder_test_ssim", "class_scene_test_top1", "jigsaw_test_top1"]);
        let all = all.unwrap();
        assert!(
            all.contains("too: autoencoder; not that")
                && all.contains("class_scene; and")
                && all.ends_with("jigsaw")
        );
        assert_eq!(all.lines().count(), 1);
    }
}
