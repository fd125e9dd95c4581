import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { AudioModule } from '../audio/audio.module.js';
import { SpeechModule } from '../speech/speech.module.js';
import { AheadCalls } from './ahead-calls.service.js';
import { CalendarAddressesController, SubscribedCalendarController } from './calendar/calendar-addresses.controller.js';
import { CalendarAddresses } from './calendar/calendar-addresses.service.js';
import { CalendarController } from './calendar/calendar.controller.js';
import { Calendars } from './calendar/calendars.service.js';
import { PlanExplanations } from './calendar/plan-explanations.service.js';
import { CampaignPlanner } from './campaign-planner.service.js';
import { CampaignClosingListener } from './campaign-closing.listener.js';
import { FrameSettingsDesk } from './frame-settings.service.js';
import { FrameWishes } from './frame-wishes.service.js';
import { HeldSlots } from './held-slots.service.js';
import { Lacks } from './lacks.service.js';
import { ApproverOrders } from './approver-orders.service.js';
import { MakeGoodPlaces } from './make-good-places.service.js';
import { MakeGoodViews } from './make-good-views.service.js';
import { MakeGoodsController } from './make-goods.controller.js';
import { MakeGoods } from './make-goods.service.js';
import { PlanChangesController } from './plan-changes.controller.js';
import { PlanChanges } from './plan-changes.service.js';
import { RememberedPlans } from './remembered-plans.service.js';
import { ReplanJob } from './replan.job.js';
import { Replanner } from './replanner.service.js';
import { ScheduleController } from './schedule.controller.js';
import { ScheduleListener } from './schedule.listener.js';
import { Schedule } from './schedule.service.js';
import { ScheduleViews } from './schedule-views.service.js';
import { SessionFramesController } from './session-frames.controller.js';
import { SessionFrames } from './session-frames.service.js';
import { SlotDesk } from './slot-desk.service.js';
import { SlotEnds } from './slot-ends.service.js';
import { SlotExplanations } from './slot-explanation.service.js';
import { SlotLedger } from './slot-ledger.service.js';
import { SlotPlaces } from './slot-places.service.js';
import { SlotsController } from './slots.controller.js';
import { StandingSlots } from './standing-slots.service.js';
import { UpcomingSlots } from './upcoming-slots.service.js';
import { WardDecisionsController } from './ward-decisions.controller.js';
import { WardDecisions } from './ward-decisions.service.js';
import { WardQuestions } from './ward-questions.service.js';

@Module({
  imports: [ApprovalsModule, AudioModule, SpeechModule],
  controllers: [
    CalendarAddressesController,
    CalendarController,
    SubscribedCalendarController,
    ScheduleController,
    SlotsController,
    MakeGoodsController,
    PlanChangesController,
    SessionFramesController,
    WardDecisionsController,
  ],
  providers: [
    AheadCalls,
    CalendarAddresses,
    Calendars,
    CampaignPlanner,
    FrameSettingsDesk,
    FrameWishes,
    HeldSlots,
    Lacks,
    ApproverOrders,
    MakeGoodPlaces,
    MakeGoodViews,
    MakeGoods,
    PlanChanges,
    PlanExplanations,
    RememberedPlans,
    ReplanJob,
    Replanner,
    Schedule,
    CampaignClosingListener,
    ScheduleListener,
    ScheduleViews,
    SessionFrames,
    SlotDesk,
    SlotEnds,
    SlotExplanations,
    SlotLedger,
    SlotPlaces,
    StandingSlots,
    UpcomingSlots,
    WardDecisions,
    WardQuestions,
  ],
  exports: [
    AheadCalls,
    CalendarAddresses,
    Calendars,
    FrameSettingsDesk,
    Lacks,
    MakeGoodViews,
    MakeGoods,
    PlanChanges,
    PlanExplanations,
    Schedule,
    SlotDesk,
    SlotEnds,
    SlotExplanations,
    StandingSlots,
    UpcomingSlots,
    WardDecisions,
  ],
})
export class ScheduleModule {}
