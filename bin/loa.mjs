#!/usr/bin/env node
import { setUp } from './setup.mjs';

await setUp();
await import('../dist/bundle/main.js');
