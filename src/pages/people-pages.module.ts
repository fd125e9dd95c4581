import { Module } from '@nestjs/common';
import { SecondPersonPage } from './second-person/second-person.page.js';
import { WaitingNotes } from './second-person/waiting-notes.js';
import { UnitsPage } from './units/units.page.js';
import { UserActsPage } from './users/user-acts.page.js';
import { UsersPage } from './users/users.page.js';

/** Accounts, units, and changes that a second person confirms. */
@Module({
  controllers: [UsersPage, UserActsPage, UnitsPage, SecondPersonPage],
  providers: [WaitingNotes],
  exports: [WaitingNotes],
})
export class PeoplePagesModule {}
