export { finder } from '../shared/fold.js';
