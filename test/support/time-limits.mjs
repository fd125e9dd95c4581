import { clearTimeout, setTimeout } from 'node:timers';
import { addEventHandler } from 'jest-circus';

/**
 * The light runner knows no time limits, and one promise that never settles would hold up the whole run: each test and each hook
 * gets its own limit, or this one (milliseconds), as it is declared.
 */
const LIMIT = 180_000;

addEventHandler(({ name }, { currentDescribeBlock }) => {
  if (name === 'add_test') limit(currentDescribeBlock.children.at(-1));
  if (name === 'add_hook') limit(currentDescribeBlock.hooks.at(-1));
});

/** @param {{ fn?: () => unknown; timeout?: number }} declared */
function limit(declared) {
  const { fn, timeout = LIMIT } = declared;
  if (!fn) return;
  declared.fn = async () => {
    let timer;
    const late = new Promise((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`Not done within ${timeout} ms`)), timeout);
    });
    try {
      await Promise.race([fn(), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
