import { castOf } from './cast.mjs';
import { Person } from './person.mjs';

/** One story: the people of one size of screen, what they have made so far, and all who have signed in. */
export class Town {
  /** Addresses and objects that later people need. */
  seen = {};
  everyone = [];

  constructor(house, story) {
    this.house = house;
    Object.assign(this, story);
    this.cast = Object.fromEntries(castOf(story).map((one) => [one.key, one]));
  }

  /** A requirement for this size of screen. */
  check(name, work) {
    return this.house.check(`${this.size.width} px: ${name}`, work);
  }

  async enter(who, how) {
    const person = await Person.enter(this.house, who, { size: this.size, ...how });
    this.everyone.push(person);
    return person;
  }
}
