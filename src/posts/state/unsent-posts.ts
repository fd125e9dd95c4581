import { type EntityManager, In } from 'typeorm';
import { Post } from './post.entity.js';
import type { PostState } from './post.transitions.js';

/** The states of a post that has not gone out: a withdrawal cancels it. */
export const unsentStates: PostState[] = ['scheduled', 'awaiting-person'];

/** The posts of these versions that have not gone out, in the order in which they are due. */
export function unsentPosts(em: EntityManager, versionIds: readonly string[]): Promise<Post[]> {
  const where = { scriptVersionId: In([...versionIds]), state: In(unsentStates) };
  return em.find(Post, { where, order: { dueAt: 'ASC', id: 'ASC' } });
}
