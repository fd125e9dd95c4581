import { addresseesOf } from './text/addressees.js';
import { channelsIn } from './terms/channels-in-text.js';
import type { Block } from './text/blocks.js';

const closingWords =
  /^(?:nhận được|trên đây|trong quá trình|quá trình (?:triển khai|thực hiện|tổ chức)|yêu cầu|đề nghị|giao|căn cứ|(?:ủy ban nhân dân|ubnd|chủ tịch|ban chỉ đạo|ban chỉ huy|sở|phòng|trung tâm|thường trực)[^:;.]{0,90}?(?:yêu cầu|đề nghị|giao|thông báo|trân trọng|mong|nhận được)|(?:kế hoạch|công văn|chỉ thị|thông báo|quyết định|công điện|văn bản|hướng dẫn)(?: này|\s\p{L}+ này)|rất mong|mong|trân trọng|kính mong|kính đề nghị|mọi |thời gian|tần suất|thời lượng|hình thức tuyên|chế độ báo cáo|định kỳ|kết quả (?:thực hiện|triển khai|tuyên)|báo cáo (?:kết quả|tình hình)|các (?:cơ quan|đơn vị|phòng|địa phương|phường|xã)|thủ trưởng|nguồn|theo đó|để |với |nếu |khi |có (?:vướng mắc|khó khăn)|vậy|\(?(?:gửi|có|kèm|đính)(?: gửi)?\s?(?:kèm|văn bản|tài liệu|theo|công văn)|(?:xin )?(?:chân thành )?cảm ơn|nội dung (?:chi tiết|tuyên truyền))/u;
/** After a star a letter adds remarks; orders do not begin like this. */
const remark = /^(?:thông tin|tài liệu|lưu ý|ghi chú|chi tiết|mọi |các tài liệu|nội dung|để biết|đường dây|liên hệ)/u;
const plainRemark =
  /^(?:thông tin chi tiết|tài liệu|lưu ý|ghi chú|chi tiết|đường dây nóng|liên hệ|xem thêm|\(?nguồn|tin liên quan|pv|ảnh)/u;

/**
 * Index of the first block that no longer belongs to the last point. An unmarked paragraph closes the letter when it
 * begins as closings do, or when no earlier point has an unmarked paragraph of its own (the points of one letter have
 * the same shape) and it names no channel: the closing must not swallow an order.
 */
export function closingStart(blocks: readonly Block[], earlier: ReadonlyArray<readonly Block[]>): number {
  const plainHead = blocks[0] !== undefined && isHeading(blocks[0]);
  const shaped = earlier.length > 0 && earlier.every((point) => point.slice(1).every((b) => b.marker !== null));
  for (let i = 1; i < blocks.length; i++) {
    const { marker, label, body } = blocks[i]!;
    const low = body.low.replace(/^["“(\s]+/u, '');
    if (marker === 'bullet' && label.startsWith('*') && remark.test(low)) return i;
    if (marker !== null) continue;
    // "4. Trung tâm …:" followed by unmarked paragraphs: the first of them is the order itself.
    if (plainHead && i === 1) continue;
    if (plainRemark.test(low)) return i;
    if (closingWords.test(low)) return i;
    if (shaped && channelsIn(body.low).length === 0) return i;
  }
  return blocks.length;
}

/** "4. Trung tâm …:" or "4. Trung tâm …" alone on its line: the order follows below. */
function isHeading({ body }: Block): boolean {
  if (/:\s*$/u.test(body.text)) return true;
  const naming = addresseesOf(body);
  return naming !== null && body.text.slice(naming.end).trim() === '';
}
