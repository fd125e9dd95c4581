import { Module } from '@nestjs/common';
import { ScheduleModule } from '../schedule/schedule.module.js';
import { ProofModule } from '../proof/proof.module.js';
import { BoardActsPage } from './board/board-acts.page.js';
import { BoardSidebar } from './board/board-sidebar.js';
import { BoardPage } from './board/board.page.js';
import { PlanChangePage } from './slot/plan-change.page.js';
import { PlaceSlotPage } from './slot/place-slot.page.js';
import { SlotPage } from './slot/slot.page.js';
import { TodayPage } from './today/today.page.js';
import { CalendarAddressPage } from './week/calendar-address.page.js';
import { MonthPage } from './week/month.page.js';
import { WeekPage } from './week/week.page.js';

/** The board of a day, the week and the month of a channel, single slots, and the operator's day. */
@Module({
  imports: [ScheduleModule, ProofModule],
  controllers: [
    BoardPage,
    BoardActsPage,
    WeekPage,
    MonthPage,
    CalendarAddressPage,
    PlaceSlotPage,
    SlotPage,
    PlanChangePage,
    TodayPage,
  ],
  providers: [BoardSidebar],
})
export class SchedulePagesModule {}
