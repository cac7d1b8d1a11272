/** Whether this build registers its service worker (`make serve` does not). Set by the bundler. */
declare const __SERVICE_WORKER__: boolean;

/** Style sheets are imported for the bundler to collect. */
declare module "*.css";
