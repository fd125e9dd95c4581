import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { RequestsInFlight } from './requests-in-flight.js';

const response = () => new ServerResponse(new IncomingMessage(new Socket()));

it('a client may have so many requests at once and no more, until one is answered or broken off', () => {
  const inFlight = new RequestsInFlight(2);
  const [first, second] = [response(), response()];
  inFlight.enter('192.0.2.1', first);
  inFlight.enter('192.0.2.1', second);
  expect(() => inFlight.enter('192.0.2.1', response())).toThrow('Too many requests at once');
  inFlight.enter('192.0.2.2', response());
  first.emit('close');
  inFlight.enter('192.0.2.1', response());
  expect(() => inFlight.enter('192.0.2.1', response())).toThrow('Too many requests at once');
});
