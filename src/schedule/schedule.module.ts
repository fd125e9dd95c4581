import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { AudioModule } from '../audio/audio.module.js';
import { SpeechModule } from '../speech/speech.module.js';
import { IdentScheduler } from './plans/ident-scheduler.service.js';
import { CalendarAddressesController, SubscribedCalendarController } from './calendar/calendar-addresses.controller.js';
import { CalendarAddresses } from './calendar/calendar-addresses.service.js';
import { CalendarController } from './calendar/calendar.controller.js';
import { Calendars } from './calendar/calendars.service.js';
import { PlanExplanations } from './calendar/plan-explanations.service.js';
import { CampaignPlanner } from './plans/campaign-planner.service.js';
import { CampaignClosingListener } from './plans/campaign-closing.listener.js';
import { BookendSettings } from './plans/bookend-settings.service.js';
import { BookendResolver } from './bookends/bookend-resolver.service.js';
import { PinnedSlots } from './plans/pinned-slots.service.js';
import { Shortfalls } from './demands/shortfalls.service.js';
import { ApproverOnly } from './placing/approver-only.service.js';
import { MakeGoodFinder } from './changes/make-good-finder.service.js';
import { MakeGoodViews } from './changes/make-good-views.service.js';
import { MakeGoodsController } from './changes/make-goods.controller.js';
import { MakeGoods } from './changes/make-goods.service.js';
import { PlanChangesController } from './plans/plan-changes.controller.js';
import { PlanChanges } from './plans/plan-changes.service.js';
import { CampaignDemands } from './demands/campaign-demands.service.js';
import { ReplanJob } from './plans/replan.job.js';
import { Replanner } from './plans/replanner.service.js';
import { ScheduleController } from './schedule.controller.js';
import { MakeGoodsListener } from './changes/make-goods.listener.js';
import { ChannelClosingListener } from './plans/channel-closing.listener.js';
import { ApprovalVoidedListener } from './plans/approval-voided.listener.js';
import { ReplanListener } from './plans/replan.listener.js';
import { DemandPlanner } from './plans/demand-planner.service.js';
import { PlanHorizon } from './plans/plan-horizon.service.js';
import { PlaceableClips } from './placing/placeable-clips.service.js';
import { PlacementWriter } from './placing/placement-writer.service.js';
import { Schedule } from './schedule.service.js';
import { ScheduleViews } from './calendar/schedule-views.service.js';
import { SessionBookendsController } from './plans/session-bookends.controller.js';
import { SessionBookends } from './bookends/session-bookends.service.js';
import { SlotPlacement } from './placing/slot-placement.service.js';
import { SlotOutcomes } from './changes/slot-outcomes.service.js';
import { SlotExplanations } from './placing/slot-explanations.service.js';
import { SlotWriter } from './changes/slot-writer.service.js';
import { PlacementFinder } from './placing/placement-finder.service.js';
import { SlotsController } from './placing/slots.controller.js';
import { SlotEdits } from './placing/slot-edits.service.js';
import { UpcomingSlots } from './calendar/upcoming-slots.service.js';
import { WardDecisionsController } from './placing/ward-decisions.controller.js';
import { WardDecisions } from './placing/ward-decisions.service.js';
import { WardDecisionRequests } from './placing/ward-decision-requests.service.js';

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
    SessionBookendsController,
    WardDecisionsController,
  ],
  providers: [
    IdentScheduler,
    CalendarAddresses,
    Calendars,
    CampaignPlanner,
    BookendSettings,
    BookendResolver,
    PinnedSlots,
    Shortfalls,
    ApproverOnly,
    MakeGoodFinder,
    MakeGoodViews,
    MakeGoods,
    PlanChanges,
    PlanExplanations,
    CampaignDemands,
    ReplanJob,
    Replanner,
    Schedule,
    CampaignClosingListener,
    MakeGoodsListener,
    ApprovalVoidedListener,
    ChannelClosingListener,
    ReplanListener,
    DemandPlanner,
    PlanHorizon,
    PlaceableClips,
    PlacementWriter,
    ScheduleViews,
    SessionBookends,
    SlotPlacement,
    SlotOutcomes,
    SlotExplanations,
    SlotWriter,
    PlacementFinder,
    SlotEdits,
    UpcomingSlots,
    WardDecisions,
    WardDecisionRequests,
  ],
  exports: [
    IdentScheduler,
    CalendarAddresses,
    Calendars,
    BookendSettings,
    Shortfalls,
    MakeGoodViews,
    MakeGoods,
    PlaceableClips,
    PlanChanges,
    PlanExplanations,
    Schedule,
    SlotPlacement,
    SlotOutcomes,
    SlotExplanations,
    SlotEdits,
    UpcomingSlots,
    WardDecisions,
  ],
})
export class ScheduleModule {}
