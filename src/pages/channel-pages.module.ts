import { Module } from '@nestjs/common';
import { AudioModule } from '../audio/audio.module.js';
import { ScheduleModule } from '../schedule/schedule.module.js';
import { BookendsPage } from './bookends/bookends.page.js';
import { ChannelsPage } from './channels/channels.page.js';
import { HolidaysPage } from './law/holidays.page.js';
import { PoliciesPage } from './law/policies.page.js';
import { WindowDayPage } from './windows/window-day.page.js';
import { WindowsPage } from './windows/windows.page.js';

/** Channels, and when the loudspeakers may sound: windows, session bookends, legal hours, holidays. */
@Module({
  imports: [ScheduleModule, AudioModule],
  controllers: [ChannelsPage, WindowsPage, WindowDayPage, BookendsPage, PoliciesPage, HolidaysPage],
})
export class ChannelPagesModule {}
