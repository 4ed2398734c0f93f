// Options of the profiler, as ND4J's builder collects them.

/** The options, all false unless set but `checkWorkspaces`. @see org.nd4j.linalg.profiler.ProfilerConfig */
export interface ProfilerConfig {
  /** Results with NaN throw. */
  readonly checkForNAN: boolean;
  /** Results with infinities throw. */
  readonly checkForINF: boolean;
  /** Default true, and the check of leaked memory is always on: false has no effect. */
  readonly checkWorkspaces: boolean;
  /** Without effect, like all that follow. */
  readonly notOptimalArguments: boolean;
  readonly notOptimalTAD: boolean;
  readonly nativeStatistics: boolean;
  readonly stackTrace: boolean;
  readonly checkElapsedTime: boolean;
  readonly checkLocality: boolean;
}

/** Sets options one by one. */
export type ProfilerConfigBuilder = {
  readonly [F in keyof ProfilerConfig]: (value: boolean) => ProfilerConfigBuilder;
} & { build(): ProfilerConfig };

/** `ProfilerConfig.builder().checkForNAN(true).build()` */
export const ProfilerConfig = {
  builder(): ProfilerConfigBuilder {
    const options = {
      checkForNAN: false,
      checkForINF: false,
      checkWorkspaces: true,
      notOptimalArguments: false,
      notOptimalTAD: false,
      nativeStatistics: false,
      stackTrace: false,
      checkElapsedTime: false,
      checkLocality: false,
    };
    const builder: Record<string, unknown> = { build: () => ({ ...options }) };
    for (const name of Object.keys(options) as (keyof ProfilerConfig)[]) {
      builder[name] = (value: boolean) => {
        options[name] = value;
        return builder;
      };
    }
    return builder as unknown as ProfilerConfigBuilder;
  },
} as const;
