/** Runs that several may ask for at a time: one run for all who ask for the same, stopped when the last of them has gone. */
interface Held<T> {
  readonly abort: AbortController;
  readonly work: Promise<T>;
  askers: number;
}

export class SharedRuns<T> {
  private readonly held = new Map<string, Held<T>>();

  has(key: string): boolean {
    return this.held.has(key);
  }

  /**
   * Begins a run, or joins the one under way. Who goes (`signal`) gets null at once if others stay; the last to go stops the
   * run and gets what it comes to.
   */
  async ask(key: string, signal: AbortSignal, begin: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    if (signal.aborted) return null;
    const run = this.held.get(key) ?? this.begin(key, begin);
    run.askers++;
    let go = () => {};
    const left = new Promise<null>((resolve) => {
      go = () => {
        if (--run.askers > 0) return resolve(null);
        this.end(key, run);
      };
    });
    signal.addEventListener("abort", go, { once: true });
    return Promise.race([run.work, left]).finally(() => signal.removeEventListener("abort", go));
  }

  /** Stops runs, whoever has asked for them. */
  stop(which: (key: string) => boolean): void {
    for (const [key, run] of [...this.held]) if (which(key)) this.end(key, run);
  }

  private begin(key: string, begin: (signal: AbortSignal) => Promise<T>): Held<T> {
    const abort = new AbortController();
    const run: Held<T> = { abort, work: begin(abort.signal), askers: 0 };
    this.held.set(key, run);
    const forget = () => void (this.held.get(key) === run && this.held.delete(key));
    run.work.then(forget, forget);
    return run;
  }

  // Nobody joins what is being stopped.
  private end(key: string, run: Held<T>): void {
    if (this.held.get(key) === run) this.held.delete(key);
    run.abort.abort();
  }
}
