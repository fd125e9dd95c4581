import { register } from 'node:module';

/** From here on this process imports the repository's TypeScript; what fails is shown at its place in the sources. */
process.setSourceMapsEnabled(true);
register('./typescript-hooks.mjs', import.meta.url);
