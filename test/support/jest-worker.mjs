import './typescript.mjs';

/** A worker ends with its run, whatever handles its tests have left open and however the run has ended. */
process.once('disconnect', () => process.exit());
