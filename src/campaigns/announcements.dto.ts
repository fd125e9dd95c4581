import { z } from 'zod';
import { channelKinds } from '../shared/channel-kind.js';
import { isLocalDate } from '../shared/local-time.js';
import { bulletinClasses } from './bulletin-class.js';

const date = z.string().refine(isLocalDate, 'phải là ngày có thật');

export const announcementBody = z
  .strictObject({
    title: z.string().trim().min(3, 'xin ghi tiêu đề').max(180, 'tiêu đề dài nhất 180 ký tự'),
    text: z.string().trim().min(1, 'xin ghi nội dung').max(20_000, 'nội dung dài nhất 20.000 ký tự'),
    unit: z.string().min(1, 'xin chọn đơn vị').max(100).describe('Code of the unit that makes it known.'),
    channelKinds: z.array(z.enum(channelKinds)).min(1, 'xin chọn ít nhất một loại kênh').max(channelKinds.length),
    units: z
      .array(z.string().max(100))
      .max(500)
      .default([])
      .describe('Codes of the units that hear it; empty for all.'),
    playsPerDay: z.int('phải là số nguyên').min(1, 'phải từ 1 đến 48').max(48, 'phải từ 1 đến 48').default(1),
    from: date,
    until: date,
    bulletinClass: z.enum(bulletinClasses).default('normal'),
  })
  .meta({
    examples: [
      {
        title: 'Tạm ngừng cấp nước ngày 26/11',
        text: 'Từ 8 giờ đến 16 giờ ngày 26/11, nước sinh hoạt tạm ngừng cấp để sửa đường ống.',
        unit: 'phuong-bac-ha',
        channelKinds: ['ward-loudspeaker'],
        units: ['phuong-bac-ha'],
        playsPerDay: 2,
        from: '2026-11-25',
        until: '2026-11-26',
      },
    ],
  });
