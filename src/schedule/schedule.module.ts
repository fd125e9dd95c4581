import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { CalendarController } from './calendar/calendar.controller.js';
import { Calendars } from './calendar/calendars.service.js';
import { CampaignPlanner } from './campaign-planner.service.js';
import { ScheduleController } from './schedule.controller.js';
import { ScheduleListener } from './schedule.listener.js';
import { Schedule } from './schedule.service.js';
import { ScheduleViews } from './schedule-views.service.js';
import { SlotPlacer } from './slot-placer.service.js';

@Module({
  imports: [ApprovalsModule],
  controllers: [ScheduleController, CalendarController],
  providers: [Calendars, CampaignPlanner, Schedule, ScheduleListener, ScheduleViews, SlotPlacer],
  exports: [Schedule, Calendars],
})
export class ScheduleModule {}
